// Las teclas de la ficha: se revisa y se decide sin soltar el teclado.

import { decir } from "./mesa_avisos.js";
import { decisionesDe } from "./mesa_decision.js";
import { marcados } from "./mesa_requisitos.js";

/** Las teclas que valen mientras esta ficha está a la vista, como {tecla: acción}. */
export function atajosDe(ficha) {
  return {
    p: () => tomarLoPropuesto(ficha),
    s: () => irAlQueFalta(ficha),
    c: () => marcar(ficha, "cumple"),
    x: () => marcar(ficha, "no_cumple"),
    d: () => decir(ficha.visor.pasar(1)),
    a: () => decir(ficha.visor.pasar(-1)),
    1: () => decidir(ficha, 0),
    2: () => decidir(ficha, 1),
    3: () => decidir(ficha, 2),
    r: () => enfocar("motivo", "Aquí no se escribe una razón."),
    g: () => guardar(),
  };
}

function tomarLoPropuesto(ficha) {
  const boton = document.getElementById("tomar-lo-propuesto");
  if (!boton) return decir("Aquí no hay requisitos que marcar.");
  boton.click();
  const faltan = porMirar(ficha).length;
  return decir(faltan === 0 ? "Marcado como propone el sistema." : `Marcado como propone el sistema. Te falta mirar ${faltan}.`);
}

// Los que el sistema no da por cumplidos y nadie ha mirado, en el orden en que se leen.
function porMirar({ detalle, borrador }) {
  const valen = marcados(detalle, borrador);
  const mirada = ["cumple", "no_cumple"];
  return detalle.hallazgos.filter(({ regla, resultado }) => !mirada.includes(valen[regla]) && (regla.startsWith("reserva:") || resultado !== "cumple"));
}

function irAlQueFalta(ficha) {
  const faltan = porMirar(ficha);
  if (faltan.length === 0) return enfocarDecision();
  const aqui = faltan.findIndex(({ regla }) => regla === reglaEnfocada());
  return enfocarRegla(faltan[(aqui + 1) % faltan.length].regla);
}

function enfocarRegla(regla) {
  const [entrada] = document.getElementsByName(`regla-${regla}`);
  if (!entrada) return decir("Aquí no hay requisitos que marcar.");
  // Se mueve la página hasta el requisito entero, no solo hasta el campo.
  entrada.closest("fieldset").scrollIntoView({ block: "start" });
  return entrada.focus({ preventScroll: true });
}

const reglaEnfocada = () => document.activeElement?.closest(".m-regla")?.id.replace("regla-", "") ?? null;

/** Marca el requisito que tiene el foco y pasa al que falta; sin ninguno con foco, va al primero y no marca nada. */
function marcar(ficha, resultado) {
  const regla = reglaEnfocada();
  if (regla === null) return irAlQueFalta(ficha);
  const opcion = document.getElementById(`regla-${regla}-${resultado}`);
  if (!opcion) return undefined;
  opcion.checked = true;
  opcion.dispatchEvent(new Event("change", { bubbles: true }));
  return irAlQueFalta(ficha);
}

function decidir({ detalle }, lugar) {
  const opcion = document.getElementById(`decision-${decisionesDe(detalle)[lugar]}`);
  if (!opcion) return decir("Ahora no se puede decidir eso aquí.");
  opcion.checked = true;
  opcion.dispatchEvent(new Event("change", { bubbles: true }));
  return opcion.focus();
}

const enfocarDecision = () => {
  const [primera] = document.getElementsByName("decision");
  if (primera) primera.focus();
  else decir("Ya no queda nada por mirar.");
};

function enfocar(id, siNo) {
  const entrada = document.getElementById(id);
  if (entrada) entrada.focus();
  else decir(siNo);
}

function guardar() {
  const formulario = document.querySelector("[aria-labelledby=t-decision]");
  if (formulario?.matches("form")) formulario.requestSubmit();
  else decir("Aquí no hay nada que guardar.");
}
