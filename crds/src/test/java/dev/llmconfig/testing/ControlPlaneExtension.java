package dev.llmconfig.testing;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives a [ControlPlane] to a test method that asks for one, or to a whole class when its
/// `@BeforeAll` does. Without a running control plane the test fails: a skipped test proves
/// nothing.
public final class ControlPlaneExtension implements ParameterResolver {
  private static final Namespace STORE = Namespace.create(ControlPlaneExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == ControlPlane.class;
  }

  @Override
  public ControlPlane resolveParameter(ParameterContext parameter, ExtensionContext context) {
    // The store asks those of the enclosing contexts first, and closes what it holds at their end.
    return context
        .getStore(STORE)
        .computeIfAbsent(
            ControlPlane.class,
            key ->
                ControlPlane.join(Checkout.state(), context.getRequiredTestClass().getSimpleName()),
            ControlPlane.class);
  }
}
