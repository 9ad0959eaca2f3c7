import os
from openai import OpenAI

answer = OpenAI(max_retries=0).chat.completions.create(
    model=os.environ["OPENAI_MODEL"], messages=[{"role": "user", "content": "ping"}])
print(answer.choices[0].message.content)
