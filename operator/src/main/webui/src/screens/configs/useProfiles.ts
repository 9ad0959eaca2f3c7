import { useEffect, useState } from 'preact/hooks';
import type { FactsProfile } from '../../api/schema';
import { allProfiles } from '../../state/offers';

/** All profiles, once they are there. */
export function useProfiles(): readonly FactsProfile[] {
  const [profiles, setProfiles] = useState<readonly FactsProfile[]>([]);
  useEffect(() => {
    let there = true;
    allProfiles().then(
      (all) => there && setProfiles(all),
      () => undefined, // what is set is still shown
    );
    return () => {
      there = false;
    };
  }, []);
  return profiles;
}
