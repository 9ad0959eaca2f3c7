import os
import boto3

answer = boto3.client("bedrock-runtime").converse(
    modelId=os.environ["BEDROCK_MODEL_ID"], messages=[{"role": "user", "content": [{"text": "ping"}]}])
print(answer["output"]["message"]["content"][0]["text"])
