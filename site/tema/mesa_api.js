// Habla con las funciones del personal y convierte toda falla en palabras que se pueden mostrar.

import * as sesion from "./mesa_sesion.js";
import { pedirOtraEntrada } from "./mesa_franja.js";

/** Algo que no se pudo hacer: `codigo`, `titulo`, `campos` y lo demás que dijo el servidor en `extra`. */
export class Falla extends Error {
  constructor(codigo, titulo, mensaje, campos = {}, extra = {}) {
    super(mensaje);
    Object.assign(this, { codigo, titulo, campos, extra });
  }
}

/** Lee; si la sesión terminó espera a que la persona entre otra vez y sigue. */
export async function leer(camino) {
  for (;;) {
    const respuesta = sesion.vigente() ? await llamar(camino, {}) : null;
    if (respuesta !== null && respuesta.status !== 401) return interpretar(respuesta);
    await pedirOtraEntrada();
  }
}

/** Escribe; si la sesión terminó no reintenta solo: lo escrito pudo cambiar mientras tanto. */
export async function enviar(camino, cuerpo) {
  const opciones = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(cuerpo) };
  const respuesta = sesion.vigente() ? await llamar(camino, opciones) : null;
  if (respuesta !== null && respuesta.status !== 401) return interpretar(respuesta);
  pedirOtraEntrada();
  throw new Falla("sin_sesion", "Tu sesión terminó", "Entra otra vez: lo que escribiste sigue aquí.");
}

async function llamar(camino, opciones) {
  const headers = { ...opciones.headers, Accept: "application/json", Authorization: sesion.portador() };
  try {
    return await fetch(`/api/mesa/${camino}`, { ...opciones, headers, cache: "no-store" });
  } catch {
    throw new Falla("sin_red", "No hay conexión", "No pudimos llegar al servidor. Revisa tu conexión e inténtalo otra vez.");
  }
}

async function interpretar(respuesta) {
  const cuerpo = await respuesta.json().catch(() => null);
  if (respuesta.ok && cuerpo !== null) return cuerpo;
  const { error, titulo, mensaje, campos, ...extra } = cuerpo ?? {};
  throw new Falla(
    error ?? `http_${respuesta.status}`,
    titulo ?? "Algo falló de nuestro lado",
    mensaje ?? "Espera unos minutos e inténtalo otra vez. Lo que escribiste sigue aquí.",
    campos ?? {},
    extra,
  );
}
