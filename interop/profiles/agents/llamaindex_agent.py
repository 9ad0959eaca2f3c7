import os
from llama_index.llms.openai import OpenAI

print(OpenAI(model=os.environ["OPENAI_MODEL"], max_retries=0).complete("ping").text)
