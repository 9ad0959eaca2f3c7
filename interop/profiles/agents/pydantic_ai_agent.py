import os
from pydantic_ai import Agent

print(Agent(os.environ["LLM_MODEL"]).run_sync("ping").output)
