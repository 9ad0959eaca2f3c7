from agents import Agent, Runner

print(Runner.run_sync(Agent(name="a", instructions="Answer."), "ping").final_output)
