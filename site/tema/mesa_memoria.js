// Lo que la mesa recuerda mientras la página está abierta. Nada de esto queda guardado en el equipo.

import { leer } from "./mesa_api.js";
import { vigente } from "./mesa_sesion.js";

let lista = null;
let orden = [];
let cola = "#/cola";
const borradores = new Map();

/** Convocatorias y postulaciones que puede ver esta persona, siempre recién leídas salvo que baste lo que ya hay. */
export async function leerLista({ basta = false } = {}) {
  if (!basta || lista === null) lista = await leer("postulaciones");
  return lista;
}

export function convocatoriaDe(id) {
  return lista?.convocatorias.find((convocatoria) => convocatoria.id === id) ?? null;
}

/** Las postulaciones por orden de llegada; las que aún no tienen turno, al final. */
export function porLlegada(postulaciones) {
  const llave = ({ turno, folio }) => `${turno ?? "9"} ${folio}`;
  return [...postulaciones].sort((una, otra) => (llave(una) < llave(otra) ? -1 : 1));
}

/** El recorrido: los folios que se ven en la cola, y desde qué dirección. */
export function recordarCola(direccion, folios) {
  cola = direccion;
  orden = folios;
}

export const direccionDeLaCola = () => cola;

/** El folio que sigue (paso 1) o el anterior (paso −1) en el recorrido. */
export function vecino(folio, paso) {
  if (!orden.includes(folio)) return paso > 0 ? (orden.find((otro) => otro !== folio) ?? null) : null;
  return orden[orden.indexOf(folio) + paso] ?? null;
}

export const hayRecorrido = () => orden.length > 0;

// Fichas pedidas antes de abrirlas: así la siguiente se ve sin esperar a la red.
const ADELANTADAS = 3;
const adelantadas = new Map();

/** Pide una ficha que probablemente se abra. Si falla, se pide otra vez al abrirla. */
export function adelantarFicha(folio) {
  if (!folio || adelantadas.has(folio) || !vigente()) return;
  adelantadas.set(folio, leer(caminoDeFicha(folio)).catch(() => adelantadas.delete(folio) && null));
  for (const vieja of [...adelantadas.keys()].slice(0, -ADELANTADAS)) adelantadas.delete(vieja);
}

/** La ficha que se había pedido, o null. Se usa una vez: la próxima se lee de nuevo. */
export async function fichaAdelantada(folio) {
  const pedida = adelantadas.get(folio) ?? null;
  adelantadas.delete(folio);
  return pedida;
}

export const caminoDeFicha = (folio) => `postulaciones/${encodeURIComponent(folio)}`;

/** Lo que se ha escrito sin guardar en una postulación. */
export function borradorDe(folio) {
  return borradores.get(folio) ?? { decision: "", motivo: "", hallazgos: {}, notas: {}, razones: {}, correcciones: [], abstencion: "" };
}

export function guardarBorrador(folio, borrador) {
  borradores.set(folio, borrador);
}

export function olvidarBorrador(folio) {
  borradores.delete(folio);
}

export function olvidarBorradores() {
  borradores.clear();
  adelantadas.clear();
  lista = null;
  orden = [];
}

export const hayBorrador = (folio) => borradores.has(folio);
export const hayBorradores = () => borradores.size > 0;
