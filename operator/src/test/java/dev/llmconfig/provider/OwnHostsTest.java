package dev.llmconfig.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.api.Provider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnHostsTest {

  @ParameterizedTest
  @CsvSource({
    "OpenAI,https://api.openai.com/v1,true",
    "OpenAI,https://eu.api.openai.com/v1,true",
    "OpenAI,https://api.openai.com.evil.test/v1,false",
    "OpenAI,https://evilapi.openai.com/v1,false",
    "OpenAI,http://api.openai.com/v1,false",
    "OpenAI,https://api.openai.com:8443/v1,false",
    "AzureOpenAI,https://res.openai.azure.com,true",
    "AzureOpenAI,https://openai.azure.com,false",
    "Bedrock,https://bedrock-mantle.us-east-1.api.aws/v1,true",
    "Bedrock,https://bedrock-mantle.us-east-1.x.api.aws/v1,false",
    "VLLM,https://api.openai.com/v1,false",
    "Ollama,https://ollama.com,true",
    "Together,https://api.together.xyz/v1,true",
    "Echo,https://echo.invalid/v1,true",
    "Echo,https://echo.example.com/v1,false"
  })
  void areMatchedByWholeLabels(Provider provider, String endpoint, boolean own) {
    assertThat(OwnHosts.own(provider, Bench.endpoint(endpoint))).isEqualTo(own);
  }

  @ParameterizedTest
  @CsvSource({
    "bedrock-mantle.eu-west-3.api.aws,eu-west-3",
    "bedrock-runtime.us-gov-west-1.amazonaws.com,us-gov-west-1",
    "bedrock.us-east-1.amazonaws.com,us-east-1",
    "bedrock.example.com,"
  })
  void theRegionIsReadFromTheHost(String host, String region) {
    assertThat(OwnHosts.region(Provider.Bedrock, host).orElse(null)).isEqualTo(region);
  }
}
