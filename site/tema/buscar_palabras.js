// Las palabras de una búsqueda, cómo se escriben sin tildes y cómo suenan: lo mismo que site/generador/raices.py.
"use strict";

const SUENA = [
  [/ch/g, "#"],
  [/h/g, ""],
  [/qu(?=[ei])|q/g, "k"],
  [/c(?=[ei])|z|x/g, "s"],
  [/c/g, "k"],
  [/g(?=[ei])/g, "j"],
  [/gu(?=[ei])/g, "g"],
  [/v/g, "b"],
  [/ll/g, "y"],
  [/#/g, "ch"],
  [/(.)\1+/g, "$1"],
];

export function palabras(texto) {
  const todas = texto.normalize("NFC").toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return todas.filter((p) => [...p].length > 1 && [...p].length < 31);
}

export function llano(palabra) {
  return palabra.normalize("NFD").replace(/\p{M}/gu, "");
}

export function sonido(plana) {
  return SUENA.reduce((texto, [patron, reemplazo]) => texto.replace(patron, reemplazo), plana);
}

// Si dos palabras se separan en una letra: una de más, una de menos, una distinta o dos cambiadas de lugar.
export function aUnaLetra(una, otra) {
  if (una === otra || Math.abs(una.length - otra.length) > 1) return false;
  let i = 0;
  while (i < una.length && una[i] === otra[i]) i += 1;
  const [resta, queda] = [una.slice(i), otra.slice(i)];
  return (
    resta.slice(1) === queda.slice(1) ||
    resta.slice(1) === queda ||
    resta === queda.slice(1) ||
    (resta[0] === queda[1] && resta[1] === queda[0] && resta.slice(2) === queda.slice(2))
  );
}
