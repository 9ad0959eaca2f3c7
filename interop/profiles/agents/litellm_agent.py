import os
import litellm

answer = litellm.completion(
    model=os.environ["LLM_MODEL"], messages=[{"role": "user", "content": "ping"}], max_tokens=64, num_retries=0)
print(answer.choices[0].message.content)
