import asyncio
from semantic_kernel.connectors.ai.open_ai import OpenAIChatCompletion, OpenAIChatPromptExecutionSettings
from semantic_kernel.contents import ChatHistory

history = ChatHistory()
history.add_user_message("ping")
print(asyncio.run(OpenAIChatCompletion().get_chat_message_content(history, OpenAIChatPromptExecutionSettings())))
