package agent;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

@SpringBootApplication
public class Agent {
  public static void main(String[] args) {
    SpringApplication.run(Agent.class, args);
  }

  @Bean
  CommandLineRunner ask(ChatModel model) {
    return args -> System.out.println(model.call("ping"));
  }
}
