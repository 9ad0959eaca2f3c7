import os
from strands import Agent
from strands.models.openai import OpenAIModel

print(Agent(model=OpenAIModel(model_id=os.environ["OPENAI_MODEL"]), callback_handler=None)("ping"))
