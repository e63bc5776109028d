// A React page with embeds, drawn by the browser or taken over from the server. set changes what it shows.
import {Suspense, useState} from 'react';
import {createRoot, hydrateRoot} from 'react-dom/client';
import {flushSync} from 'react-dom';

const {initial, SRC} = window;
const never = new Promise(() => {});

function Embed({id, ...more}) {
  return <a className="sharh-embed" id={id} href={SRC} {...more}>{id}</a>;
}

function Wait({wait}) {
  if (wait) throw never;
  return null;
}

function App() {
  const [s, set] = useState(initial);
  window.set = (change) => flushSync(() => set((s) => ({...s, ...change})));
  if (s.raw) return <main id="main" suppressHydrationWarning dangerouslySetInnerHTML={{__html: s.raw}}/>;
  return (
    <main id="main">
      <h1 id="title">News</h1>
      {s.before && <p id="before">before</p>}
      {s.show && <Embed id="one" {...s.more}/>}
      {s.behind && <p id="behind">behind</p>}
      <p id="after">after</p>
      <section id="list">{s.order.map((id) => <Embed key={id} id={id}/>)}</section>
      <Suspense fallback={<i id="waits"/>}><div id="late"><Embed id="last"/></div><Wait wait={s.wait}/></Suspense>
    </main>
  );
}

const root = document.getElementById('root');
window.run = () => {
  const app = root.firstChild ? hydrateRoot(root, <App/>) : createRoot(root);
  if (!root.firstChild) app.render(<App/>);
  window.unmount = () => flushSync(() => app.unmount());
};
if (!window.held) window.run();
