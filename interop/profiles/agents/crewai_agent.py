from crewai.utilities.llm_utils import create_llm

# What an Agent without an llm of its own does.
print(create_llm(None).call("ping"))
