// Sube un documento desde la mesa: pide permiso para esa llave y lo deja directo en el depósito, como en línea.

import { Falla } from "./mesa_api.js";

const NO_LLEGO = "No pudimos recibir el archivo. Revisa tu conexión e inténtalo otra vez: lo escrito sigue aquí.";

export async function subirDocumento(convocatoria, clave, documento, archivo) {
  try {
    const permiso = await pedirPermiso({ convocatoria, clave, documento });
    const cuerpo = new FormData();
    for (const [nombre, valor] of Object.entries(permiso.campos)) cuerpo.append(nombre, valor);
    cuerpo.append("file", archivo, "documento");
    const respuesta = await fetch(new URL(permiso.url, location.origin), { method: "POST", body: cuerpo });
    if (!respuesta.ok) throw new Error(`estado ${respuesta.status}`);
  } catch {
    throw new Falla("sin_subir", "Un documento no llegó", NO_LLEGO, { [documento]: NO_LLEGO });
  }
}

async function pedirPermiso(pedido) {
  const respuesta = await fetch("/api/adjuntar", {
    method: "POST", headers: { "Content-Type": "application/json", Accept: "application/json" }, body: JSON.stringify(pedido), cache: "no-store",
  });
  if (!respuesta.ok) throw new Error(`estado ${respuesta.status}`);
  return respuesta.json();
}
