import os
from openai import AzureOpenAI

answer = AzureOpenAI(max_retries=0).chat.completions.create(
    model=os.environ["AZURE_OPENAI_DEPLOYMENT"], messages=[{"role": "user", "content": "ping"}])
print(answer.choices[0].message.content)
