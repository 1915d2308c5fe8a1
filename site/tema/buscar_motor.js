// Busca en el índice: junta lo que calza con cada palabra, lo filtra y lo ordena. No toca la página.
import { calzar, formaDe } from "./buscar_calce.js";
import { Indice, decodificar } from "./buscar_indice.js";
import { llano, palabras } from "./buscar_palabras.js";

// Título de una sola palabra, título, palabras clave, texto a la vista y texto callado: como Lugar en hojas.py.
const PESOS = [12, 6, 3, 1, 0.5];
// Una convocatoria abierta va antes que otra cosa que calce lo mismo; la que viene, después de ella.
const ABIERTA = 2;
const PROXIMA = 1.5;
// Con menos letras calzaría medio portal.
export const LETRAS_A_MEDIAS = 3;
const FACETAS = ["region", "rubro", "precio", "foto"];

export class Buscador {
  constructor(leer, ahora = () => new Date()) {
    this.indice = new Indice(leer);
    this.ahora = ahora;
  }

  // pedido: { texto, aMedias, tipo, region, rubro, precio, foto }
  // → { numeros: en orden, porTipo: cuántos hay de cada uno sin mirar el tipo pedido, marcas: formas que se destacan,
  //     buscadas, corregidas: [[escrita, usada]], todas: si calzan todas las palabras }
  async buscar(pedido) {
    const portada = await this.indice.portada();
    const dichas = palabras(pedido.texto ?? "");
    const buscadas = dichas.filter((p) => !portada.vacias.has(llano(p)));
    const [grupos, permitidos] = await Promise.all([
      Promise.all(buscadas.map((p) => this.grupo(p, pedido.aMedias && p === dichas.at(-1) && p.length >= LETRAS_A_MEDIAS, portada))),
      this.permitidos(pedido),
    ]);
    // Solo «de la»: no hay qué buscar. Sin texto, mandan los filtros.
    const base = permitidos ?? (dichas.length > 0 ? [] : Array(portada.documentos).keys());
    const { puntajes, todas } = grupos.length > 0 ? reunir(grupos, permitidos, portada) : sinPalabras(base);
    const numeros = this.ordenar(puntajes, portada);
    return {
      numeros: pedido.tipo ? numeros.filter((n) => tipoDe(n, portada).grupo === pedido.tipo) : numeros,
      porTipo: contarTipos(numeros, portada),
      buscadas,
      marcas: new Set(grupos.flatMap((g) => g.formas)),
      corregidas: grupos.filter((g) => g.corregida).map((g) => [g.palabra, g.corregida]),
      todas,
    };
  }

  async grupo(palabra, aMedias, portada) {
    const entradas = await this.indice.entradas(palabra, aMedias);
    const { calces, corregida } = calzar(palabra, entradas, aMedias, portada.derivaciones);
    const puntajes = new Map();
    for (const [entrada, cuanto] of calces) {
      entrada.slice(2).forEach((lista, lugar) => {
        for (const numero of decodificar(lista)) {
          puntajes.set(numero, Math.max(puntajes.get(numero) ?? 0, PESOS[lugar] * cuanto));
        }
      });
    }
    return { palabra, corregida, puntajes, formas: [...calces.keys()].map(formaDe) };
  }

  // Los documentos que dejan pasar los filtros; null si no hay ninguno.
  async permitidos(pedido) {
    const pedidas = FACETAS.filter((nombre) => pedido[nombre]).map((nombre) => `${nombre}-${pedido[nombre]}`);
    if (pedidas.length === 0) return null;
    const listas = await Promise.all(pedidas.map((faceta) => this.indice.faceta(faceta)));
    return listas.map((lista) => new Set(lista)).reduce((quedan, lista) => new Set([...lista].filter((n) => quedan.has(n))));
  }

  // Lo que se muestra de esos documentos, con su tipo y, si su estado depende de la hora, sus fechas.
  async registros(numeros) {
    const portada = await this.indice.portada();
    const registros = await this.indice.registros(numeros);
    return registros.map((r) => ({ ...r, tipo: tipoDe(r.numero, portada), vida: portada.vivas.get(r.numero) }));
  }

  ordenar(puntajes, portada) {
    const ahora = this.ahora().toISOString();
    const final = new Map();
    for (const [numero, puntaje] of puntajes) {
      final.set(numero, puntaje * pesoDelTipo(numero, portada) * pesoDeLaVida(portada.vivas.get(numero), ahora));
    }
    return [...final.keys()].sort((a, b) => final.get(b) - final.get(a) || a - b);
  }
}

function sinPalabras(numeros) {
  return { puntajes: new Map([...numeros].map((n) => [n, 1])), todas: true };
}

// Cada documento con la suma de sus palabras; si ninguno las tiene todas, los que tienen la mitad o más.
function reunir(grupos, permitidos, portada) {
  const [sumas, veces] = [new Map(), new Map()];
  for (const { puntajes } of grupos) {
    const rareza = Math.log(1 + portada.documentos / (1 + puntajes.size));
    for (const [numero, puntaje] of puntajes) {
      if (permitidos && !permitidos.has(numero)) continue;
      sumas.set(numero, (sumas.get(numero) ?? 0) + puntaje * rareza);
      veces.set(numero, (veces.get(numero) ?? 0) + 1);
    }
  }
  const todas = [...veces.values()].includes(grupos.length);
  const minimo = todas ? grupos.length : grupos.length / 2;
  const quedan = [...sumas].filter(([numero]) => veces.get(numero) >= minimo);
  return { puntajes: new Map(quedan.map(([n, suma]) => [n, suma * (veces.get(n) / grupos.length) ** 2])), todas };
}

function tipoDe(numero, { tipos }) {
  return tipos.find(({ desde, hasta }) => numero >= desde && numero < hasta);
}

function contarTipos(numeros, portada) {
  const cuantos = Object.fromEntries(Object.keys(portada.grupos).map((grupo) => [grupo, 0]));
  for (const numero of numeros) cuantos[tipoDe(numero, portada).grupo] += 1;
  const todos = Object.entries(portada.grupos).map(([clave, nombre]) => ({ clave, nombre, cuantos: cuantos[clave] }));
  return todos.filter((grupo) => grupo.cuantos > 0);
}

function pesoDelTipo(numero, portada) {
  return tipoDe(numero, portada).peso;
}

function pesoDeLaVida(vida, ahora) {
  if (!vida || vida.situacion !== "vigente" || ahora >= vida.cierre) return 1;
  return ahora >= vida.apertura ? ABIERTA : PROXIMA;
}
