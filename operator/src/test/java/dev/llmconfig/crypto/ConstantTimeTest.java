package dev.llmconfig.crypto;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Secrets are compared by `MessageDigest.isEqual` and by nothing else (traps K13).
class ConstantTimeTest {

  private static final JavaClasses CRYPTO =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.llmconfig.crypto");

  @Test
  void noComparisonStopsAtTheFirstDifference() {
    noClasses()
        .should()
        .callMethodWhere(
            stopsEarly(Arrays.class, Set.of("equals", "compare", "compareUnsigned", "hashCode")))
        .orShould()
        .callMethodWhere(stopsEarly(Objects.class, Set.of("deepEquals")))
        .orShould()
        .callMethodWhere(stopsEarly(ByteBuffer.class, Set.of("equals", "compareTo", "mismatch")))
        .check(CRYPTO);
  }

  private static DescribedPredicate<JavaMethodCall> stopsEarly(Class<?> owner, Set<String> names) {
    return DescribedPredicate.describe(
        owner.getSimpleName() + "." + names,
        call ->
            call.getTargetOwner().isEquivalentTo(owner)
                && names.contains(call.getTarget().getName()));
  }
}
