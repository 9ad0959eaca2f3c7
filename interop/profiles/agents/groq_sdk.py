import os
from groq import Groq

answer = Groq(max_retries=0).chat.completions.create(
    model=os.environ["GROQ_MODEL"], messages=[{"role": "user", "content": "ping"}])
print(answer.choices[0].message.content)
