package dev.llmconfig.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.api.Provider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressesTest {

  @ParameterizedTest
  @CsvSource({
    "OpenAI, https://api.openai.com/v1, https://api.openai.com, https://api.openai.com/v1",
    "OpenAI, https://API.openai.com:443/v1/, https://api.openai.com, https://api.openai.com/v1",
    "OpenAI, https://llm.corp/proxy/v1, https://llm.corp/proxy, https://llm.corp/proxy/v1",
    "Groq, https://api.groq.com/openai/v1, https://api.groq.com/openai, https://api.groq.com/openai/v1",
    "OpenRouter, https://openrouter.ai/api/v1, https://openrouter.ai/api, https://openrouter.ai/api/v1",
    "AzureOpenAI, https://a.openai.azure.com, https://a.openai.azure.com/openai, https://a.openai.azure.com/openai/v1",
    "AzureOpenAI, https://a.openai.azure.com/, https://a.openai.azure.com/openai, https://a.openai.azure.com/openai/v1",
    "AzureOpenAI, https://a.openai.azure.com/openai, https://a.openai.azure.com/openai, https://a.openai.azure.com/openai/v1",
    "AzureOpenAI, https://a.openai.azure.com/openai/v1, https://a.openai.azure.com/openai, https://a.openai.azure.com/openai/v1",
    "Perplexity, https://api.perplexity.ai, https://api.perplexity.ai, https://api.perplexity.ai",
    "OpenAICompatible, https://ark.example.com/api/v3, https://ark.example.com/api/v3, https://ark.example.com/api/v3",
    "OpenAICompatible, https://a.b//v1, https://a.b, https://a.b/v1",
    "Ollama, http://ollama:11434, http://ollama:11434, http://ollama:11434/v1",
    "Ollama, http://ollama:11434/v1, http://ollama:11434, http://ollama:11434/v1",
    "VLLM, http://vllm:8000/v1/, http://vllm:8000, http://vllm:8000/v1",
    "Anthropic, https://api.anthropic.com, https://api.anthropic.com, https://api.anthropic.com/v1",
    "Anthropic, https://proxy.corp/claude/v1, https://proxy.corp/claude, https://proxy.corp/claude/v1",
    "Google, https://generativelanguage.googleapis.com, https://generativelanguage.googleapis.com, https://generativelanguage.googleapis.com/v1beta",
    "Echo, https://echo.invalid/v1, https://echo.invalid, https://echo.invalid/v1",
  })
  void cutsRootAndVersion(Provider provider, String endpoint, String root, String withV1) {
    Addresses addresses = Addresses.of(provider, Cases.endpoint(endpoint));

    assertThat(addresses.in(UrlStyle.Root, ApiSurface.ChatCompletions)).isEqualTo(root);
    assertThat(addresses.in(UrlStyle.WithV1, ApiSurface.ChatCompletions)).isEqualTo(withV1);
    assertThat(addresses.in(UrlStyle.Full, ApiSurface.Responses)).isEqualTo(withV1 + "/responses");
  }

  @ParameterizedTest
  @CsvSource({
    "AzureOpenAI, https://a.openai.azure.com/openai/v1, https://a.openai.azure.com",
    "AzureOpenAI, https://proxy.corp/azure, https://proxy.corp/azure",
    "Groq, https://api.groq.com/openai/v1, https://api.groq.com",
    "Groq, https://proxy.corp/groq/openai/v1, https://proxy.corp/groq"
  })
  void cutsTheResource(Provider provider, String endpoint, String resource) {
    assertThat(
            Addresses.of(provider, Cases.endpoint(endpoint))
                .in(UrlStyle.Resource, ApiSurface.ChatCompletions))
        .isEqualTo(resource);
  }

  @ParameterizedTest
  @CsvSource({
    "http://gw:4000, http://gw:4000, http://gw:4000/v1",
    "http://gw:4000/v1, http://gw:4000, http://gw:4000/v1",
    "https://llm.corp/gateway/, https://llm.corp/gateway, https://llm.corp/gateway/v1"
  })
  void takesTheGatewayWithAndWithoutItsVersion(String given, String root, String withV1) {
    Addresses gateway = Addresses.ofGateway(Cases.endpoint(given));

    assertThat(gateway.in(UrlStyle.Root, ApiSurface.Messages)).isEqualTo(root);
    assertThat(gateway.in(UrlStyle.WithV1, ApiSurface.Messages)).isEqualTo(withV1);
    assertThat(gateway.in(UrlStyle.Full, ApiSurface.Messages)).isEqualTo(withV1 + "/messages");
  }

  @ParameterizedTest
  @CsvSource({
    "Bedrock, https://bedrock-mantle.us-east-1.api.aws/v1, us-east-1",
    "Bedrock, https://bedrock-runtime.eu-central-1.amazonaws.com, eu-central-1",
    "Bedrock, https://bedrock.eu-west-1.amazonaws.com.evil.example, ''",
    "Bedrock, https://llm.corp/v1, ''",
    "OpenAI, https://bedrock-mantle.us-east-1.api.aws/v1, ''"
  })
  void readsTheRegion(Provider provider, String endpoint, String region) {
    assertThat(Addresses.region(provider, Cases.endpoint(endpoint)).orElse("")).isEqualTo(region);
  }
}
