import os
from google import genai

client = genai.Client()
print(client.models.generate_content(model=os.environ["GEMINI_MODEL"], contents="ping").text)
