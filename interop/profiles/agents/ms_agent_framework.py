import asyncio
from agent_framework import Agent
from agent_framework.openai import OpenAIChatClient

print(asyncio.run(Agent(OpenAIChatClient(), "Answer.").run("ping")).text)
