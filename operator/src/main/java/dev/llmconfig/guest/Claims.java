package dev.llmconfig.guest;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Who has what of one thing.
///
/// @param content on what it says: whoever changes that conflicts with exactly these
/// @param shell on its mere being there, as somebody keeps who lost the content
record Claims(List<Claim> content, List<Claim> shell) {

  static Claims of(List<FieldSet> sets, FieldPath place, Set<FieldPath> shell) {
    var content = new ArrayList<Claim>();
    var rest = new ArrayList<Claim>();
    for (FieldSet set : sets) {
      for (FieldPath path : set.members(place)) {
        (shell.contains(path) ? rest : content).add(new Claim(set.manager(), path));
      }
    }
    return new Claims(List.copyOf(content), List.copyOf(rest));
  }

  /// Whose it is, if it is there.
  ///
  /// @param restorers those who brought back a template of ours
  Standing standing(Set<FieldManager> restorers) {
    List<Claim> others =
        Stream.concat(content.stream(), shell.stream()).filter(Claims::foreign).toList();
    if (others.isEmpty()) {
      return content.isEmpty() && shell.isEmpty() ? new Standing.Unclaimed() : new Standing.Ours();
    }
    if (content.stream().anyMatch(claim -> claim.manager().us())) {
      return new Standing.Shared(others);
    }
    if (others.stream().allMatch(claim -> restorers.contains(claim.manager()))) {
      return new Standing.Restored(others);
    }
    return ours() && others.stream().allMatch(claim -> claim.manager().personsHand())
        ? new Standing.Changed(others)
        : new Standing.Owned(others);
  }

  /// Whose it is, if it is not there. Who declares an empty value keeps the claim to it also when
  /// somebody has deleted the entry, and would not get through with the next apply.
  Standing standingWhereAbsent() {
    List<Claim> others = content.stream().filter(Claims::foreign).toList();
    return others.isEmpty() ? new Standing.Free() : new Standing.Owned(others);
  }

  Stream<Claim> all() {
    return Stream.concat(content.stream(), shell.stream());
  }

  boolean ours() {
    return all().anyMatch(claim -> claim.manager().us());
  }

  /// Somebody declares it, and will take away what is theirs of it when they do not any more.
  boolean declaredByOthers() {
    return all().anyMatch(claim -> foreign(claim) && claim.manager().declares());
  }

  private static boolean foreign(Claim claim) {
    return !claim.manager().us();
  }
}
