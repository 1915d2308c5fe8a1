// Qué entradas del índice calzan con una palabra escrita, y cuánto: la misma, la que suena igual, la de su familia.
import { aUnaLetra, llano, sonido } from "./buscar_palabras.js";
import { raizDe } from "./snowball.js";

const IGUAL = 1;
const SUENA = 0.9;
const EMPIEZA = 0.7;
const FAMILIA = 0.5;
const PARECIDA = 0.4;
const MINIMO_FAMILIA = 4;
const MINIMO_PARECIDA = 4;
// nuez y nueces, raíz y raíces.
const FINAL = /[cz]$/;

// Las formas de una entrada: [raíz, "a|as|=irregular", …].
export function formasDe([raiz, colas]) {
  return colas.split("|").map((cola) => (cola.startsWith("=") ? cola.slice(1) : raiz + cola));
}

// → { calces: Map(entrada → cuánto), corregida: la palabra que se usó si la escrita no está }
export function calzar(palabra, entradas, aMedias, derivaciones) {
  const escrita = llano(palabra);
  const calces = deLaPalabra(escrita, llano(raizDe(palabra)), entradas, derivaciones);
  // Si ya es una palabra entera, lo que solo empieza igual va bien atrás.
  const cuanto = calces.size > 0 ? EMPIEZA / 2 : EMPIEZA;
  if (aMedias) sumar(calces, entradas.filter((e) => formasDe(e).some((f) => f.startsWith(escrita))), cuanto);
  if (calces.size > 0 || escrita.length < MINIMO_PARECIDA) return { calces, corregida: "" };
  return deLaParecida(escrita, entradas, derivaciones);
}

function deLaPalabra(escrita, suRaiz, entradas, derivaciones) {
  const calces = new Map();
  const formas = entradas.map((e) => [e, formasDe(e)]);
  sumar(calces, formas.filter(([, f]) => f.includes(escrita)).map(([e]) => e), IGUAL);
  if (calces.size === 0) sumar(calces, entradas.filter(([raiz]) => raiz === suRaiz), IGUAL);
  const [suena, raizSuena] = [sonido(escrita), sonido(suRaiz)];
  if (calces.size === 0) sumar(calces, formas.filter(([, f]) => f.some((una) => sonido(una) === suena)).map(([e]) => e), SUENA);
  if (calces.size === 0) sumar(calces, entradas.filter(([raiz]) => sonido(raiz) === raizSuena), SUENA);
  const raices = [suRaiz, ...[...calces.keys()].map(([raiz]) => raiz)];
  sumar(calces, entradas.filter(([raiz]) => raices.some((otra) => sonFamilia(raiz, otra, derivaciones))), FAMILIA);
  return calces;
}

function deLaParecida(escrita, entradas, derivaciones) {
  const todas = entradas.flatMap(formasDe);
  const corregida = todas.find((forma) => aUnaLetra(forma, escrita));
  if (!corregida) return { calces: new Map(), corregida: "" };
  const exactos = deLaPalabra(corregida, llano(raizDe(corregida)), entradas, derivaciones);
  return { calces: new Map([...exactos].map(([e, cuanto]) => [e, cuanto * PARECIDA])), corregida };
}

// Una raíz es la otra con una o dos terminaciones de derivación: comerci, comercial, comercializ.
export function sonFamilia(una, otra, derivaciones) {
  const [corta, larga] = [una, otra].map((r) => r.replace(FINAL, "s")).sort((a, b) => a.length - b.length);
  if (una === otra || corta.length < MINIMO_FAMILIA || !larga.startsWith(corta)) return false;
  return esDerivacion(larga.slice(corta.length), derivaciones, 2);
}

function esDerivacion(resto, derivaciones, cuantas) {
  if (resto === "") return true;
  return cuantas > 0 && derivaciones.some((d) => resto.startsWith(d) && esDerivacion(resto.slice(d.length), derivaciones, cuantas - 1));
}

function sumar(calces, entradas, cuanto) {
  for (const entrada of entradas) if (!calces.has(entrada)) calces.set(entrada, cuanto);
}
