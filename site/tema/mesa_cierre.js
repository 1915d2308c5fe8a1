// El cierre de la actividad: qué falta, quién la cerró y cuándo, y abrirla otra vez con su razón.

import { campo, crear, unaVez } from "./mesa_piezas.js";
import { puedeSeleccionar } from "./mesa_sesion.js";

/** La parte del cierre. */
export function cierre(jornada) {
  const { cerrada, faltan, historia } = jornada.datos.cierre;
  return crear("section", { "aria-labelledby": "j-cierre" },
    crear("h2", { id: "j-cierre", tabindex: "-1" }, "Cierre de la actividad"),
    cerrada ? crear("p", { class: "aviso bien" }, "La actividad está cerrada. Ya no cambian marcas, lugares ni aportes.")
      : faltan.length > 0 && crear("div", { class: "aviso" }, crear("p", {}, "Para cerrarla falta:"), crear("ul", {}, faltan.map((falta) => crear("li", {}, falta)))),
    puedeSeleccionar() ? (cerrada || faltan.length === 0) && formulario(jornada, cerrada) : crear("p", { class: "chico" }, "La cierra la oficina que responde por la convocatoria."),
    historia.length > 0 && crear("ul", { class: "lista" }, historia.map(({ accion, motivo, cuentas, quien, cuando_texto: cuando }) => (
      crear("li", {}, crear("b", {}, accion === "cerrar" ? "Se cerró" : "Se abrió otra vez"),
        crear("span", { class: "m-renglon" }, `${motivo} (${cuentas})`), crear("span", { class: "chico m-renglon" }, `${quien}, el ${cuando}`))))));
}

function formulario(jornada, cerrada) {
  const motivo = crear("textarea", { rows: "3", maxlength: "1000" });
  const boton = crear("button", { type: "submit", class: "boton chica" }, cerrada ? "Abrirla otra vez" : "Cerrar la actividad");
  const alEnviar = (suceso) => {
    suceso.preventDefault();
    unaVez(boton, () => jornada.guardar("cierre", {
      convocatoria: jornada.convocatoria.id, accion: cerrada ? "reabrir" : "cerrar", motivo: motivo.value.trim(), version: jornada.datos.cierre.version,
    }, "j-cierre", cerrada ? "La actividad está abierta otra vez." : "Actividad cerrada.", () => "cierre-motivo"));
  };
  return crear("form", { class: "caja m-angosto no-print", novalidate: true, "aria-labelledby": "j-cierre", al: { submit: alEnviar } },
    campo("cierre-motivo", cerrada ? "Por qué se abre otra vez" : "Cómo terminó",
      cerrada ? "Queda escrito con tu nombre de usuario." : "Escribe también lo que quede pendiente, como encuestas por llegar.", motivo), boton);
}
