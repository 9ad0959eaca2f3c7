import os
from mistralai.client import Mistral

# The SDK has no variable for its address, which is what the profile says; key and model come from the environment.
client = Mistral(api_key=os.environ["MISTRAL_API_KEY"], server_url=os.environ["INTEROP_PROVIDER"])
answer = client.chat.complete(model=os.environ["MISTRAL_MODEL"], messages=[{"role": "user", "content": "ping"}])
print(answer.choices[0].message.content)
