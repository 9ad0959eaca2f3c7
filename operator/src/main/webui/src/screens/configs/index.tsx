import { objectOf, route } from '../../routes';
import { Editor } from './Editor';
import { List } from './List';
import { NewConfig } from './NewConfig';
import '../lists.css';
import './configs.css';

/** `#/configs`, `#/configs/new` and `#/configs/namespace/name`. */
export default function Configs() {
  const now = route.value;
  const id = objectOf(now);
  if (id !== undefined) {
    return <Editor key={id} id={id} />;
  }
  return now.rest[0] === 'new' ? <NewConfig query={now.query} /> : <List query={now.query} />;
}
