// A Vue page with embeds, drawn by the browser or taken over from the server. set changes what it shows.
import {createApp, createSSRApp, nextTick, reactive} from 'vue/dist/vue.esm-bundler.js';

const s = reactive({...window.initial, src: window.SRC});
window.set = (change) => {
  Object.assign(s, change);
  return nextTick();
};
const App = {
  setup: () => ({s}),
  template: `<main id="main"><h1 id="title">News</h1><p id="before" v-if="s.before">before</p>` +
    `<a class="sharh-embed" id="one" :href="s.src" v-if="s.show" v-bind="s.more" v-show="!s.gone">one</a>` +
    `<p id="behind" v-if="s.behind">behind</p><p id="after">after</p>` +
    `<section id="list"><a class="sharh-embed" v-for="id in s.order" :key="id" :id="id" :href="s.src">{{ id }}</a></section>` +
    `<div id="late"><a class="sharh-embed" id="last" :href="s.src">last</a></div></main>`,
};
const root = document.getElementById('root');
window.run = () => {
  const app = root.firstChild ? createSSRApp(App) : createApp(App);
  app.mount(root);
  window.unmount = () => app.unmount();
};
if (!window.held) window.run();
