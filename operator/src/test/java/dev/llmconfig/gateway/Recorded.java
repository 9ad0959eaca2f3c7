package dev.llmconfig.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.api.Provider;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/// What providers send for a question that makes them think, with all the oddities we know of, and
/// what it means: the same thing from all.
enum Recorded {
  OpenAI(
      Provider.OpenAI,
      "gpt-4o-mini",
      """
      data: {"id":"c1","object":"chat.completion.chunk","model":"gpt-4o-mini-2024-07-18","choices":[{"index":0,"delta":{"role":"assistant","content":"","refusal":null},"logprobs":null,"finish_reason":null}],"usage":null}

      data: {"choices":[{"index":0,"delta":{"reasoning_content":"Let me ","reasoning":"Let me "}}]}

      data: {"choices":[{"index":0,"delta":{"reasoning":"think."}}]}

      data: {"choices":[{"index":0,"delta":{"content":"Grüße, "}}],"obfuscation":"x"}

      data: {"choices":[{"index":1,"delta":{"content":"not this one"}}]}

      data: {"choices":[{"index":0,"delta":{"content":"世界 👋"}}]}

      data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

      data: {"choices":[],"usage":{"prompt_tokens":20,"completion_tokens":8,"total_tokens":28,"prompt_tokens_details":{"cached_tokens":5},"completion_tokens_details":{"reasoning_tokens":3}}}

      data: [DONE]

      """,
      new TokenCounts(some(20), some(8), some(3), some(5), OptionalLong.empty())),
  /// Counts reasoning in the total only.
  XAI(
      Provider.XAI,
      "grok-4",
      """
      data: {"choices":[{"index":0,"delta":{"reasoning_content":"Let me think."}}]}

      data: {"choices":[{"index":0,"delta":{"content":"Grüße, 世界 👋"},"finish_reason":"stop"}],"usage":{"prompt_tokens":20,"completion_tokens":5,"total_tokens":28,"prompt_tokens_details":{"cached_tokens":5},"completion_tokens_details":{"reasoning_tokens":3}}}

      """,
      new TokenCounts(some(20), some(8), some(3), some(5), OptionalLong.empty())),
  /// Answers in blocks.
  Mistral(
      Provider.Mistral,
      "magistral-medium-latest",
      """
      data: {"choices":[{"index":0,"delta":{"content":[{"type":"thinking","thinking":[{"type":"text","text":"Let me think."}]}]}}]}

      data: {"choices":[{"index":0,"delta":{"content":[{"type":"text","text":"Grüße, 世界 👋"}]},"finish_reason":"stop"}],"usage":{"prompt_tokens":20,"completion_tokens":8,"total_tokens":28}}

      data: [DONE]

      """,
      TokenCounts.of(20, 8)),
  Anthropic(
      Provider.Anthropic,
      "claude-sonnet-4-5",
      """
      event: message_start
      data: {"type":"message_start","message":{"id":"m1","type":"message","role":"assistant","content":[],"model":"claude-sonnet-4-5","stop_reason":null,"usage":{"input_tokens":15,"cache_read_input_tokens":5,"cache_creation_input_tokens":0,"output_tokens":1}}}

      event: content_block_start
      data: {"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}

      event: ping
      data: {"type":"ping"}

      event: content_block_delta
      data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"Let me think."}}

      event: content_block_delta
      data: {"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"EqQBCgIYAhIM"}}

      event: content_block_stop
      data: {"type":"content_block_stop","index":0}

      event: content_block_start
      data: {"type":"content_block_start","index":1,"content_block":{"type":"text","text":""}}

      event: content_block_delta
      data: {"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"Grüße, "}}

      event: content_block_delta
      data: {"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"世界 👋"}}

      event: something_new
      data: {"type":"something_new","text":"not this"}

      event: content_block_stop
      data: {"type":"content_block_stop","index":1}

      event: message_delta
      data: {"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":8}}

      event: message_stop
      data: {"type":"message_stop"}

      """,
      new TokenCounts(some(20), some(8), OptionalLong.empty(), some(5), some(0))),
  Google(
      Provider.Google,
      "gemini-2.5-flash",
      """
      data: {"candidates":[{"content":{"role":"model","parts":[{"text":"Let me think.","thought":true}]},"index":0}],"usageMetadata":{"promptTokenCount":20,"thoughtsTokenCount":2},"modelVersion":"gemini-2.5-flash"}

      data: {"candidates":[{"content":{"role":"model","parts":[{"text":"Grüße, "}]}}],"usageMetadata":{"promptTokenCount":20,"candidatesTokenCount":2,"thoughtsTokenCount":3}}

      data: {"candidates":[{"content":{"role":"model","parts":[{"text":"世界 👋","thoughtSignature":"AbC"}]},"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":20,"candidatesTokenCount":5,"thoughtsTokenCount":3,"totalTokenCount":28,"cachedContentTokenCount":5}}

      """,
      new TokenCounts(some(20), some(8), some(3), some(5), OptionalLong.empty())),
  Responses(
      Provider.OpenAI,
      "gpt-5-codex",
      """
      event: response.created
      data: {"type":"response.created","response":{"id":"r1","status":"in_progress","error":null}}

      event: response.reasoning_summary_text.delta
      data: {"type":"response.reasoning_summary_text.delta","delta":"Let me think."}

      event: response.output_text.delta
      data: {"type":"response.output_text.delta","delta":"Grüße, "}

      event: response.output_text.delta
      data: {"type":"response.output_text.delta","delta":"世界 👋"}

      event: response.output_text.done
      data: {"type":"response.output_text.done","text":"Grüße, 世界 👋"}

      event: response.completed
      data: {"type":"response.completed","response":{"id":"r1","status":"completed","error":null,"incomplete_details":null,"usage":{"input_tokens":20,"input_tokens_details":{"cached_tokens":5},"output_tokens":8,"output_tokens_details":{"reasoning_tokens":3},"total_tokens":28}}}

      """,
      new TokenCounts(some(20), some(8), some(3), some(5), OptionalLong.empty()));

  static final String THOUGHT = "Let me think.";
  static final String SAID = "Grüße, 世界 👋";

  private final Provider provider;
  private final String model;
  private final String stream;
  private final TokenCounts counts;

  Recorded(Provider provider, String model, String stream, TokenCounts counts) {
    this.provider = provider;
    this.model = model;
    this.stream = stream;
    this.counts = counts;
  }

  Provider provider() {
    return provider;
  }

  String model() {
    return model;
  }

  String stream() {
    return stream;
  }

  /// Fails unless these are the events of it.
  void assertSaidBy(List<ChatEvent> events) {
    assertThat(events.getFirst()).isInstanceOf(ChatEvent.Start.class);
    assertThat(text(events)).isEqualTo(SAID);
    assertThat(reasoning(events)).isEqualTo(THOUGHT);
    assertThat(events.get(events.size() - 2)).isEqualTo(new ChatEvent.Usage(counts));
    assertThat(events.getLast())
        .isInstanceOfSatisfying(
            ChatEvent.Done.class, done -> assertThat(done.finish()).isEqualTo(Finish.Stop));
    assertThat(events).filteredOn(ChatEvent.End.class::isInstance).hasSize(1);
    assertThat(events).filteredOn(ChatEvent.Start.class::isInstance).hasSize(1);
  }

  static String text(List<ChatEvent> events) {
    return events.stream()
        .filter(ChatEvent.Text.class::isInstance)
        .map(event -> ((ChatEvent.Text) event).text())
        .collect(Collectors.joining());
  }

  static String reasoning(List<ChatEvent> events) {
    return events.stream()
        .filter(ChatEvent.Reasoning.class::isInstance)
        .map(event -> ((ChatEvent.Reasoning) event).text())
        .collect(Collectors.joining());
  }

  private static OptionalLong some(long count) {
    return OptionalLong.of(count);
  }
}
