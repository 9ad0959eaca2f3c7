package dev.llmconfig.guest;

/// One thing of a workload that could be ours, and whose it is.
record Thing(FieldPath path, Claims claims, Standing standing) {

  /// A claim of ours on what others declare would keep a hollow entry alive when they drop it: an
  /// empty variable in the pod.
  boolean toBeGivenUp() {
    return claims.ours() && claims.declaredByOthers();
  }

  /// What bears our own name in front is nobody else's business: without any record it is ours, and
  /// what a person wrote there by hand came from us.
  Thing ofOurName() {
    return switch (standing) {
      case Standing.Unclaimed _ -> with(new Standing.Ours());
      case Standing.Owned(var by)
          when by.stream().allMatch(claim -> claim.manager().personsHand()) ->
          with(new Standing.Restored(by));
      case Standing.Free _,
          Standing.Ours _,
          Standing.Shared _,
          Standing.Owned _,
          Standing.Changed _,
          Standing.Restored _ ->
          this;
    };
  }

  private Thing with(Standing other) {
    return new Thing(path, claims, other);
  }
}
