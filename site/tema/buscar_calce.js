// Qué entradas del índice calzan con una palabra escrita, y cuánto: la misma, la que suena igual, la de su familia.
import { aUnaLetra, llano, sonido } from "./buscar_palabras.js";
import { raizDe } from "./snowball.js";

const IGUAL = 1;
const MISMA_RAIZ = 0.7;
const SUENA = 0.8;
const EMPIEZA = 0.6;
const FAMILIA = 0.5;
const PARECIDA = 0.4;
const MINIMO_FAMILIA = 4;
const MINIMO_PARECIDA = 4;
// nuez y nueces, raíz y raíces.
const FINAL = /[cz]$/;

// La palabra de una entrada: [raíz, cola, …]; la cola con un igual la trae entera.
export function formaDe([raiz, cola]) {
  return cola.startsWith("=") ? cola.slice(1) : raiz + cola;
}

// → { calces: Map(entrada → cuánto), corregida: la palabra que se usó si la escrita no está }
export function calzar(palabra, entradas, aMedias, derivaciones) {
  const escrita = llano(palabra);
  const calces = deLaPalabra(escrita, llano(raizDe(palabra)), entradas, derivaciones);
  // Si ya es una palabra entera, lo que solo empieza igual va bien atrás.
  const cuanto = calces.size > 0 ? EMPIEZA / 2 : EMPIEZA;
  if (aMedias) sumar(calces, entradas, (e) => formaDe(e).startsWith(escrita), cuanto);
  if (calces.size > 0 || escrita.length < MINIMO_PARECIDA) return { calces, corregida: "" };
  return deLaParecida(escrita, entradas, derivaciones);
}

function deLaPalabra(escrita, suRaiz, entradas, derivaciones) {
  const calces = new Map();
  sumar(calces, entradas, (e) => formaDe(e) === escrita, IGUAL);
  const raices = new Set([suRaiz, ...[...calces.keys()].map(([raiz]) => raiz)]);
  sumar(calces, entradas, ([raiz]) => raices.has(raiz), MISMA_RAIZ);
  // Que alguien la haya escrito mal en una página no esconde a las bien escritas.
  const [suena, raizSuena] = [sonido(escrita), sonido(suRaiz)];
  sumar(calces, entradas, (e) => sonido(formaDe(e)) === suena, calces.size > 0 ? SUENA / 2 : SUENA);
  if (calces.size === 0) sumar(calces, entradas, ([raiz]) => sonido(raiz) === raizSuena, SUENA);
  for (const [raiz] of calces.keys()) raices.add(raiz);
  sumar(calces, entradas, ([raiz]) => [...raices].some((otra) => sonFamilia(raiz, otra, derivaciones)), FAMILIA);
  return calces;
}

function deLaParecida(escrita, entradas, derivaciones) {
  const corregida = entradas.map(formaDe).find((forma) => aUnaLetra(forma, escrita));
  if (!corregida) return { calces: new Map(), corregida: "" };
  const exactos = deLaPalabra(corregida, llano(raizDe(corregida)), entradas, derivaciones);
  return { calces: new Map([...exactos].map(([e, cuanto]) => [e, cuanto * PARECIDA])), corregida };
}

// Una raíz es la otra con una o dos terminaciones de derivación: comerci, comercial, comercializ.
export function sonFamilia(una, otra, derivaciones) {
  const [corta, larga] = una.length < otra.length ? [una, otra] : [otra, una];
  if (una === otra || corta.length < MINIMO_FAMILIA) return false;
  if (corta.replace(FINAL, "s") === larga.replace(FINAL, "s")) return true;
  return larga.startsWith(corta) && esDerivacion(larga.slice(corta.length), derivaciones, 2);
}

function esDerivacion(resto, derivaciones, cuantas) {
  if (resto === "") return true;
  return cuantas > 0 && derivaciones.some((d) => resto.startsWith(d) && esDerivacion(resto.slice(d.length), derivaciones, cuantas - 1));
}

function sumar(calces, entradas, calza, cuanto) {
  for (const entrada of entradas) if (!calces.has(entrada) && calza(entrada)) calces.set(entrada, cuanto);
}
