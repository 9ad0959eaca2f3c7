import os
from langchain_openai import ChatOpenAI

print(ChatOpenAI(model=os.environ["OPENAI_MODEL"], max_tokens=64, max_retries=0).invoke("ping").content)
