import os
from agno.agent import Agent
from agno.models.openai import OpenAIChat

print(Agent(model=OpenAIChat(id=os.environ["OPENAI_MODEL"]), telemetry=False).run("ping").content)
