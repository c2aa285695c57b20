// How much waits is told by the page's title and, for those who want it, by a sound: somebody on duty does not stare.
const key = "entente.sound";
const title = document.title;
let known = waiting();

/** Shows the switch, which is of no use without scripts. */
export function sound() {
  const button = document.querySelector("[data-sound]");
  if (!button) return;
  button.hidden = false;
  show(button);
  button.addEventListener("click", () => {
    localStorage.setItem(key, isOn() ? "off" : "on");
    show(button);
    if (isOn()) ring(); // So that one knows what to listen for.
  });
  told();
}

/** To be called when the page may have changed. */
export function told() {
  const now = waiting();
  document.title = now > 0 ? `(${now}) ${title}` : title;
  if (now > known) alarm();
  known = now;
}

/** Rings for those who want it: what would come now would not be heard. */
export function alarm() {
  if (isOn()) ring();
}

function waiting() {
  return Number(document.querySelector(".shell-nav [data-waiting]")?.dataset.waiting ?? 0);
}

function isOn() {
  return localStorage.getItem(key) === "on";
}

function show(button) {
  button.setAttribute("aria-pressed", String(isOn()));
}

// Two short tones of its own: no file to fetch, none to forbid.
function ring() {
  const audio = new AudioContext();
  for (const [i, tone] of [660, 880, 660, 880].entries()) {
    const at = audio.currentTime + i * 0.25;
    const voice = new OscillatorNode(audio, { frequency: tone });
    const loudness = new GainNode(audio, { gain: 0.2 });
    voice.connect(loudness).connect(audio.destination);
    voice.start(at);
    voice.stop(at + 0.2);
  }
  setTimeout(() => audio.close(), 2_000);
}
