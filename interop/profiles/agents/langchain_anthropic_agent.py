import os
from langchain_anthropic import ChatAnthropic

print(ChatAnthropic(model=os.environ["ANTHROPIC_MODEL"], max_tokens=64, max_retries=0).invoke("ping").content)
