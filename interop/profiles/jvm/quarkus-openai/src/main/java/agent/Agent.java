package agent;

import dev.langchain4j.model.chat.ChatModel;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import jakarta.inject.Inject;

@QuarkusMain
public class Agent implements QuarkusApplication {

  @Inject ChatModel model;

  @Override
  public int run(String... args) {
    System.out.println(model.chat("ping"));
    return 0;
  }
}
