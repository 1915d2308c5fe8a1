// Los reemplazos en la puerta: en el orden de la lista, quien está presente toma un puesto que quedó libre.

import { crear, direccionDeFicha, unaVez } from "./mesa_piezas.js";

const AQUI = "aqui";
const RAZONES = [[AQUI, "Está aquí"], ["no_esta", "No está"], ["no_quiere", "No quiere"]];

/** La parte de los reemplazos; nada si no es día de la actividad o ya se cerró. */
export function reemplazos(jornada) {
  const { en_su_dia: hoy, espera, libres, cierre } = jornada.datos;
  if (!hoy || cierre.cerrada) return null;
  return crear("section", { class: "no-print", "aria-labelledby": "j-reemplazo" },
    crear("h2", { id: "j-reemplazo", tabindex: "-1" }, "Reemplazos de hoy"),
    crear("p", {}, libres === 0 ? "No hay puestos libres. Al marcar que alguien no asistió, el suyo queda libre."
      : `${libres === 1 ? "Hay 1 puesto libre" : `Hay ${libres} puestos libres`}. Va primero quien está antes en la lista y llegó.`),
    espera.length === 0 ? crear("p", { class: "chico" }, "Nadie queda en la lista de espera.") : libres > 0 && formulario(jornada));
}

function formulario(jornada) {
  const { espera, reemplazadas } = jornada.datos;
  const elegidas = new Map(espera.filter((p) => p.debe_rendiciones).map((p) => [p.folio, "rendicion"]));
  const faltaron = [...jornada.empresas.values()].filter(({ folio, estado }) => estado === "no_asistio" && !reemplazadas.includes(folio));
  const deQuien = crear("select", { id: "j-en-lugar" }, crear("option", { value: "" }, "Un puesto libre cualquiera"),
    faltaron.map(({ folio, nombre }) => crear("option", { value: folio }, `El de ${nombre}`)));
  if (faltaron.length === 1) deQuien.value = faltaron[0].folio;
  const boton = crear("button", { type: "submit", class: "boton" });
  // La primera de quien no se ha dicho por qué no entra; nadie se da por presente sin marcarlo.
  const laQueSigue = () => espera.find(({ folio }) => [undefined, AQUI].includes(elegidas.get(folio)));
  const nombrar = () => {
    const sigue = laQueSigue();
    const presente = sigue && elegidas.get(sigue.folio) === AQUI;
    boton.disabled = !presente;
    if (!sigue) boton.textContent = "No queda nadie presente";
    else boton.textContent = presente ? `Dar el puesto a ${sigue.nombre}` : `Di primero si está ${sigue.nombre}`;
  };
  const alEnviar = (suceso) => {
    suceso.preventDefault();
    const sigue = laQueSigue();
    if (!sigue || elegidas.get(sigue.folio) !== AQUI) return;
    const antes = espera.slice(0, espera.indexOf(sigue)).map(({ folio }) => [folio, elegidas.get(folio)]);
    unaVez(boton, () => jornada.guardar("reemplazo", {
      convocatoria: jornada.convocatoria.id, entra: sigue.folio, saltadas: Object.fromEntries(antes), ...(deQuien.value && { en_lugar_de: deQuien.value }),
    }, "j-reemplazo", `${sigue.nombre} tomó el puesto. Ya cuenta como asistente.`));
  };
  nombrar();
  return crear("form", { class: "caja m-angosto", novalidate: true, "aria-labelledby": "j-reemplazo", al: { submit: alEnviar } },
    crear("ol", { class: "lista m-espera" }, espera.map((empresa) => renglon(empresa, elegidas, nombrar))),
    crear("div", { class: "campo" }, crear("label", { for: "j-en-lugar" }, "Qué puesto toma"),
      crear("p", { class: "ayuda" }, "Si es el de alguien que no llegó, hereda su lugar en el plano."), deQuien),
    boton);
}

function renglon(empresa, elegidas, nombrar) {
  const { folio, folio_texto: texto, nombre, telefono, debe_rendiciones: debe } = empresa;
  const elegir = (valor) => {
    elegidas.set(folio, valor);
    nombrar();
  };
  return crear("li", {},
    crear("b", {}, nombre), " ", crear("a", { class: "toque num", href: direccionDeFicha(empresa) }, texto),
    telefono && crear("span", { class: "chico m-renglon" }, telefono),
    debe ? crear("p", { class: "chico" }, "Debe rendiciones según la nómina: no puede tomar el puesto.")
      : crear("fieldset", { class: "m-decisiones" }, crear("legend", { class: "oculto" }, `¿Está ${nombre}?`),
        crear("div", { class: "m-opciones" }, RAZONES.map(([valor, palabras]) => crear("label", { class: "m-opcion" },
          crear("input", { type: "radio", name: `j-${folio}`, value: valor, al: { change: () => elegir(valor) } }), crear("span", {}, palabras))))));
}
