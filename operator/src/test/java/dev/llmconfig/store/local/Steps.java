package dev.llmconfig.store.local;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.function.Function;

/// Lets so many steps through, and ends the process, as it were, at the next one.
final class Steps {

  private static final Set<String> WRITES =
      Set.of("put", "remove", "show", "keepSetting", "markMigrated");

  private int left = Integer.MAX_VALUE;

  static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Killed() {
      super("killed", null, false, false);
    }
  }

  void letThrough(int steps) {
    left = steps;
  }

  void letAllThrough() {
    left = Integer.MAX_VALUE;
  }

  void step() {
    if (left-- == 0) {
      throw new Killed();
    }
  }

  /// Each call of it is two steps: before it, and after it.
  <T> T between(Class<T> type, T target) {
    return proxy(type, target, _ -> true, true);
  }

  /// Each write to a page is a step, after which nothing more is written.
  Ledger between(Ledger ledger) {
    return new Ledger() {
      @Override
      public <T> T change(Function<Page, T> work) {
        return ledger.change(page -> work.apply(proxy(Page.class, page, WRITES::contains, false)));
      }

      @Override
      public <T> T look(Function<View, T> work) {
        return ledger.look(work);
      }

      @Override
      public void close() {
        ledger.close();
      }
    };
  }

  private <T> T proxy(Class<T> type, T target, Function<String, Boolean> counts, boolean before) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> {
              var counted = counts.apply(method.getName());
              if (counted && before) {
                step();
              }
              try {
                var answer = method.invoke(target, arguments);
                if (counted) {
                  step();
                }
                return answer;
              } catch (InvocationTargetException failed) {
                throw failed.getCause() == null ? failed : failed.getCause();
              }
            }));
  }
}
