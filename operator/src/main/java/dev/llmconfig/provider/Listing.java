package dev.llmconfig.provider;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmconfig.api.EmptyListReason;
import dev.llmconfig.api.Provider;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the lists of a provider page by page. The first answer says what the key is worth; if a
/// later page fails, the key is as good as before and the list counts as not read.
final class Listing {

  private static final int MOST_PAGES = 20;
  private static final int MOST_MODELS = 10_000;

  private final Conversation conversation;
  private final Map<String, ListedModel> models = new LinkedHashMap<>();
  private int pages;
  private boolean complete = true;

  private Listing(Conversation conversation) {
    this.conversation = conversation;
  }

  /// @param first the answer that decides about the key
  record Result(Heard first, Models models) {}

  static Result of(Conversation conversation, List<Call> lists) throws InterruptedException {
    return new Listing(conversation).read(lists);
  }

  private Result read(List<Call> lists) throws InterruptedException {
    Optional<Heard> first = Optional.empty();
    for (Call list : lists) {
      Optional<Call> page = Optional.of(list);
      while (page.isPresent() && roomLeft()) {
        Heard heard = conversation.ask(page.get());
        first = first.or(() -> Optional.of(heard));
        if (!heard.good()) {
          return new Result(first.get(), new Models.NotRead(heard.finding().reason()));
        }
        page = after(page.get(), list, take(heard));
      }
    }
    return new Result(first.orElseThrow(), result());
  }

  private boolean roomLeft() {
    boolean room = pages < MOST_PAGES && models.size() < MOST_MODELS;
    complete &= room;
    return room;
  }

  private Optional<String> take(Heard heard) {
    pages++;
    Optional<JsonNode> body = heard.body();
    for (ListedModel model : body.flatMap(conversation.dialect()::models).orElse(List.of())) {
      if (models.size() == MOST_MODELS) {
        complete = false;
        break;
      }
      conversation.harmless(model).ifPresent(clean -> models.putIfAbsent(clean.id(), clean));
    }
    return body.flatMap(conversation.dialect()::nextPage);
  }

  /// A provider that names the page we have just read would keep us for ever.
  private static Optional<Call> after(Call page, Call list, Optional<String> cursor) {
    return cursor.map(list::with).filter(next -> !next.target().equals(page.target()));
  }

  private Models result() {
    if (!models.isEmpty()) {
      return new Models.Listed(List.copyOf(models.values()), complete);
    }
    boolean others = conversation.target().provider() == Provider.AzureOpenAI;
    return new Models.Empty(others ? EmptyListReason.NoListEndpoint : EmptyListReason.ListEmpty);
  }
}
