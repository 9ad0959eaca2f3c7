package dev.llmconfig.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The table of packages in the architecture document, as data: what each may not import. A package
/// that is not in the table fails, so that a new one is thought about.
class LayeringTest {

  private static final String CLIENT = "io.fabric8.kubernetes.client..";
  private static final String KUBERNETES = "io.fabric8.kubernetes..";
  private static final String API_BEANS = "dev.llmconfig.api.v1alpha1..";
  private static final String JOSDK = "io.javaoperatorsdk..";
  private static final String SQL = "java.sql..";
  private static final String VERTX = "io.vertx..";
  private static final String IO = "java.io..";
  private static final String FILES = "java.nio.file..";
  private static final String NET_HTTP = "java.net.http..";
  private static final String PICOCLI = "picocli..";

  private static final Map<String, List<String>> MAY_NOT_IMPORT =
      new TreeMap<>(
          Map.ofEntries(
              row(
                  "domain",
                  KUBERNETES,
                  JOSDK,
                  IO,
                  FILES,
                  NET_HTTP,
                  SQL,
                  VERTX,
                  ours("plan"),
                  ours("provider"),
                  ours("agent"),
                  ours("catalogue")),
              row(
                  "catalogue",
                  KUBERNETES,
                  JOSDK,
                  API_BEANS,
                  SQL,
                  VERTX,
                  NET_HTTP,
                  ours("plan"),
                  ours("reconcile"),
                  ours("cli")),
              row(
                  "agent",
                  CLIENT,
                  JOSDK,
                  API_BEANS,
                  SQL,
                  VERTX,
                  NET_HTTP,
                  ours("plan"),
                  ours("provider"),
                  ours("reconcile"),
                  ours("cli")),
              row(
                  "guest",
                  CLIENT,
                  JOSDK,
                  API_BEANS,
                  IO,
                  FILES,
                  NET_HTTP,
                  SQL,
                  VERTX,
                  ours("plan"),
                  ours("provider"),
                  ours("reconcile"),
                  ours("cli")),
              row("crypto", KUBERNETES, JOSDK, API_BEANS, VERTX, SQL, ours("domain")),
              row(
                  "plan",
                  CLIENT,
                  JOSDK,
                  IO,
                  FILES,
                  NET_HTTP,
                  SQL,
                  VERTX,
                  API_BEANS,
                  ours("reconcile"),
                  ours("provider")),
              row(
                  "provider",
                  KUBERNETES,
                  JOSDK,
                  SQL,
                  API_BEANS,
                  ours("plan"),
                  ours("reconcile"),
                  ours("verify"),
                  ours("cli")),
              row(
                  "verify",
                  KUBERNETES,
                  JOSDK,
                  SQL,
                  VERTX,
                  NET_HTTP,
                  API_BEANS,
                  ours("plan"),
                  ours("reconcile"),
                  ours("cli")),
              row("reconcile", SQL, VERTX, ours("cli"), ours("health")),
              row(
                  "takeover",
                  KUBERNETES,
                  JOSDK,
                  API_BEANS,
                  IO,
                  FILES,
                  NET_HTTP,
                  SQL,
                  VERTX,
                  PICOCLI,
                  ours("plan"),
                  ours("reconcile"),
                  ours("cli")),
              row(
                  "upkeep",
                  JOSDK,
                  IO,
                  FILES,
                  NET_HTTP,
                  SQL,
                  VERTX,
                  PICOCLI,
                  ours("plan"),
                  ours("rest"),
                  ours("mirror"),
                  ours("cli")),
              row(
                  "impact",
                  JOSDK,
                  IO,
                  FILES,
                  NET_HTTP,
                  SQL,
                  VERTX,
                  ours("provider"),
                  ours("verify"),
                  ours("cli")),
              row(
                  "health",
                  KUBERNETES,
                  JOSDK,
                  SQL,
                  VERTX,
                  ours("plan"),
                  ours("reconcile"),
                  ours("domain")),
              row("mirror", JOSDK, SQL, VERTX, ours("plan"), ours("reconcile"), ours("sqlite")),
              row(
                  "sqlite",
                  KUBERNETES,
                  JOSDK,
                  VERTX,
                  API_BEANS,
                  ours("plan"),
                  ours("reconcile"),
                  ours("rest")),
              row(
                  "store",
                  JOSDK,
                  SQL,
                  VERTX,
                  NET_HTTP,
                  ours("reconcile"),
                  ours("rest"),
                  ours("sqlite"),
                  ours("cli")),
              row(
                  "access",
                  JOSDK,
                  SQL,
                  NET_HTTP,
                  API_BEANS,
                  ours("plan"),
                  ours("reconcile"),
                  ours("sqlite"),
                  ours("rest"),
                  ours("cli")),
              row(
                  "rest",
                  KUBERNETES,
                  JOSDK,
                  SQL,
                  NET_HTTP,
                  API_BEANS,
                  ours("plan"),
                  ours("reconcile"),
                  ours("sqlite"),
                  ours("cli")),
              row(
                  "gateway",
                  KUBERNETES,
                  JOSDK,
                  SQL,
                  NET_HTTP,
                  API_BEANS,
                  ours("plan"),
                  ours("reconcile"),
                  ours("rest"),
                  ours("sqlite"),
                  ours("cli")),
              row("cli", SQL)));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("/dev/llmconfig/testing/"))
          .importPackages("dev.llmconfig");

  @TestFactory
  Stream<DynamicTest> packagesImportOnlyWhatTheTableAllows() {
    return MAY_NOT_IMPORT.entrySet().stream()
        .map(row ->
            DynamicTest.dynamicTest(
                row.getKey(),
                () ->
                    noClasses()
                        .that()
                        .resideInAPackage(ours(row.getKey()))
                        .and(areNotTheDoor())
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(row.getValue().toArray(String[]::new))
                        .check(CLASSES)));
  }

  @Test
  void everyPackageIsInTheTable() {
    assertThat(
            CLASSES.stream()
                .map(JavaClass::getPackageName)
                .filter(name ->
                    name.startsWith("dev.llmconfig.") && !name.startsWith("dev.llmconfig.api"))
                .map(LayeringTest::first)
                .distinct())
        .allMatch(MAY_NOT_IMPORT::containsKey)
        .isNotEmpty();
  }

  @Test
  void everyRowOfTheTableIsAPackage() {
    assertThat(MAY_NOT_IMPORT.keySet())
        .allMatch(name ->
            CLASSES.stream().anyMatch(one -> one.getPackageName().equals("dev.llmconfig." + name)));
  }

  @Test
  void onlyReconcileKnowsTheFramework() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ours("reconcile"), ours("cli"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(JOSDK)
        .check(CLASSES);
  }

  @Test
  void onlyCliReadsTheCommandLineAndTheEnvironment() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ours("cli"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(PICOCLI)
        .orShould()
        .callMethod(System.class, "getenv")
        .orShould()
        .callMethod(System.class, "getenv", String.class)
        .check(CLASSES);
  }

  /// Each of these loses a spec change that arrives while its write is in flight.
  @Test
  void nobodyWritesThroughTheFramework() {
    noClasses()
        .should()
        .callMethodWhere(
            DescribedPredicate.describe(
                "a patching UpdateControl",
                call ->
                    call.getTargetOwner().getSimpleName().equals("UpdateControl")
                        && call.getName().startsWith("patch")))
        .orShould()
        .callMethodWhere(
            DescribedPredicate.describe(
                "resourceOperations()", call -> call.getName().equals("resourceOperations")))
        .check(CLASSES);
  }

  /// What is planned may depend on nothing but its input.
  @Test
  void plannersReadNoClock() {
    noClasses()
        .that()
        .resideInAnyPackage(
            ours("plan"), ours("guest"), ours("domain"), ours("agent"), ours("crypto"))
        .should()
        .callMethod(java.time.Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .check(CLASSES);
  }

  /// `plan` of `dev.llmconfig.plan.anything`.
  private static String first(String packageName) {
    var below = packageName.substring("dev.llmconfig.".length());
    return below.contains(".") ? below.substring(0, below.indexOf('.')) : below;
  }

  private static DescribedPredicate<JavaClass> areNotTheDoor() {
    return DescribedPredicate.describe(
        "are not domain.Parsing, the one door from the API types",
        type -> !type.getName().startsWith("dev.llmconfig.domain.Parsing"));
  }

  private static String ours(String name) {
    return "dev.llmconfig." + name + "..";
  }

  private static Map.Entry<String, List<String>> row(String name, String... mayNotImport) {
    return Map.entry(name, List.of(mayNotImport));
  }
}
