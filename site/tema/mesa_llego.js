// Lo que la ficha dice de una postulación en papel, y en qué no calza lo declarado con «Mis Datos».

import { crear } from "./mesa_piezas.js";

/** Cuándo llegó el papel, quién lo ingresó y qué se vio sin copia; nada si se envió en línea. */
export function llegoEnPapel({ presencial }) {
  if (!presencial) return null;
  const { recibido_texto: recibido, atendio, oficina, en_papel: vistos, domicilio } = presencial;
  return crear("div", { class: "aviso m-angosto" },
    crear("p", {}, crear("b", {}, "Presencial. "), `El papel se recibió el ${recibido}. Lo ingresó ${atendio}, ${oficina}.`),
    vistos.length > 0 && crear("p", {}, "Documentos vistos en papel, sin copia aquí: ", crear("b", {}, vistos.join(", ")), "."),
    domicilio && crear("p", {}, `Domicilio para la carta: ${domicilio}.`));
}

/** Cada dato que en el registro figura distinto: se muestra y no decide nada. */
export function noCalza({ no_calza: distintos = [] }) {
  if (distintos.length === 0) return null;
  return crear("details", { class: "m-angosto" },
    crear("summary", {}, `«Mis Datos» dice otra cosa en ${distintos.length === 1 ? "un dato" : `${distintos.length} datos`}`),
    crear("dl", { class: "m-prueba" }, distintos.map(({ titulo, declarado, registro }) => crear("div", {},
      crear("dt", {}, titulo), crear("dd", {}, `Declaró: ${declarado}. En «Mis Datos»: ${registro}.`)))));
}

/** Cómo le llegó un aviso, y desde qué día cuenta como notificado. */
export function comoLlego({ creado_texto: creado, enviado_texto: enviado, rechazado, en_mano: enMano, lo_sabe: loSabe, notificado_texto: cuenta }) {
  const desde = cuenta ? ` Cuenta como notificado desde el ${cuenta}.` : "";
  if (enMano) return `Se llevó su comprobante impreso.${desde}`;
  if (rechazado) return loSabe ? `No llegó por correo; se le avisó de otra forma.${desde}` : ["No llegó por correo. ", crear("a", { href: "#/contactos" }, "Hay que llamar o escribir"), "."];
  return enviado ? `Enviado ${enviado}.${desde}` : `Creado ${creado}. Todavía no sale.`;
}
