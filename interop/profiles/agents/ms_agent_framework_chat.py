import asyncio
from agent_framework import Agent
from agent_framework.openai import OpenAIChatCompletionClient

print(asyncio.run(Agent(OpenAIChatCompletionClient(), "Answer.").run("ping")).text)
