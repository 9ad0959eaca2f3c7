import asyncio
import os
from google.adk.agents import Agent
from google.adk.runners import InMemoryRunner
from google.genai import types


async def main():
    runner = InMemoryRunner(agent=Agent(name="a", model=os.environ["GEMINI_MODEL"], instruction="Answer."), app_name="a")
    session = await runner.session_service.create_session(app_name="a", user_id="u")
    message = types.Content(role="user", parts=[types.Part(text="ping")])
    async for event in runner.run_async(user_id="u", session_id=session.id, new_message=message):
        if event.content:
            print(event.content.parts[0].text)


asyncio.run(main())
