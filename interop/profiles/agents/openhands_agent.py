import os
from openhands.sdk import LLM, Message, TextContent

llm = LLM.load_from_env()
# It does not send them to a model that it believes to reason, but it reads them.
for name, value in (("LLM_TEMPERATURE", llm.temperature), ("LLM_TOP_P", llm.top_p), ("LLM_TIMEOUT", llm.timeout)):
    assert name not in os.environ or value == float(os.environ[name]), (name, value)
print(llm.completion([Message(role="user", content=[TextContent(text="ping")])]).message.content[0].text)
