// El enlace para entrar por internet: la oficina lo guarda aquí y lo ven solo quienes tienen cupo.

import { callar, decir, mostrarFalla } from "./mesa_avisos.js";
import { enviar, leer } from "./mesa_api.js";
import { campo, crear, unaVez } from "./mesa_piezas.js";

const AYUDA = "Empieza con https://. Lo ven solo quienes tienen cupo, en su página de estado. Déjalo vacío para borrarlo.";

/** El formulario con lo guardado, o nada si la actividad es presencial. */
export async function salaDe(convocatoria) {
  if (!convocatoria.por_internet) return null;
  const { enlace } = await leer(`enlace_virtual?convocatoria=${encodeURIComponent(convocatoria.id)}`);
  return formulario(convocatoria, enlace);
}

function formulario(convocatoria, enlace) {
  const entrada = crear("input", { type: "url", inputmode: "url", autocomplete: "off", value: enlace });
  const boton = crear("button", { type: "submit", class: "boton b2 chica" }, "Guardar el enlace");
  const alEnviar = (evento) => {
    evento.preventDefault();
    unaVez(boton, () => guardar(convocatoria, entrada));
  };
  return crear("form", { class: "caja no-print", novalidate: true, al: { submit: alEnviar } },
    crear("h2", { class: "m-titulo" }, "Cómo entran por internet"),
    campo("enlace-virtual", "Enlace para entrar", AYUDA, entrada), boton);
}

async function guardar(convocatoria, entrada) {
  callar();
  try {
    const { enlace } = await enviar("enlace_virtual", { convocatoria: convocatoria.id, enlace: entrada.value.trim() });
    entrada.value = enlace;
    decir(enlace ? "Enlace guardado. Ya lo ven quienes tienen cupo." : "Enlace borrado: nadie lo ve.");
  } catch (falla) {
    mostrarFalla(falla, () => "enlace-virtual");
  }
}
