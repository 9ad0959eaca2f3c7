import os
import ollama

print(ollama.chat(model=os.environ["OLLAMA_MODEL"], messages=[{"role": "user", "content": "ping"}]).message.content)
