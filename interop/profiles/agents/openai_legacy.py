import os
import openai

answer = openai.ChatCompletion.create(
    model=os.environ["OPENAI_MODEL"], messages=[{"role": "user", "content": "ping"}])
print(answer["choices"][0]["message"]["content"])
