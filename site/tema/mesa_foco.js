// El foco no se mueve solo: quien escribe sigue escribiendo aunque la página se dibuje de nuevo debajo.

/** Dibuja otra vez `nodo` y deja el foco donde estaba, con el cursor en la misma letra; si ya no existe, en el título. */
export function conElMismoFoco(nodo, dibujar) {
  const antes = nodo.contains(document.activeElement) ? document.activeElement : null;
  const { id, selectionStart: desde, selectionEnd: hasta } = antes ?? {};
  dibujar();
  if (antes === null) return;
  const ahora = (id && document.getElementById(id)) || nodo.querySelector("h1");
  ahora.focus({ preventScroll: true });
  if (typeof desde === "number" && ahora.setSelectionRange) ahora.setSelectionRange(desde, hasta);
}

let ultimo = null;
document.addEventListener("focusin", ({ target }) => {
  if (!target.matches("iframe")) ultimo = target;
});

/** Devuelve el foco a quien lo tenía cada vez que lo tome un marco que calza con `selector`. */
export function noCederElFocoA(selector) {
  window.addEventListener("blur", () => {
    if (document.activeElement?.matches(selector)) ultimo?.focus({ preventScroll: true });
  });
}
