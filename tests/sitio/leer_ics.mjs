// Lee calendarios como un teléfono y escribe lo que entendió: node leer_ics.mjs <ical.js> <archivo>…
import { readFileSync } from "node:fs";
const { default: ICAL } = await import(process.argv[2]);
const instante = (t) => (t.isDate ? t.toString() : t.toJSDate().toISOString().replace(".000Z", "Z"));
const leidos = {};
for (const archivo of process.argv.slice(3)) {
  const calendario = new ICAL.Component(ICAL.parse(readFileSync(archivo, "utf8")));
  for (const zona of calendario.getAllSubcomponents("vtimezone")) {
    const nombre = zona.getFirstPropertyValue("tzid");
    ICAL.TimezoneService.remove(nombre);
    ICAL.TimezoneService.register(new ICAL.Timezone(zona), nombre);
  }
  leidos[archivo] = calendario.getAllSubcomponents("vevent").map((parte) => {
    const evento = new ICAL.Event(parte);
    return {
      uid: evento.uid, secuencia: evento.sequence, titulo: evento.summary, lugar: evento.location,
      descripcion: evento.description, estado: parte.getFirstPropertyValue("status"),
      inicio: instante(evento.startDate), termino: instante(evento.endDate),
      modificada: instante(parte.getFirstPropertyValue("last-modified")),
      avisos: parte.getAllSubcomponents("valarm").map((a) => a.getFirstPropertyValue("trigger").toString()),
    };
  });
}
process.stdout.write(JSON.stringify(leidos));
