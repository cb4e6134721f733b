/// Made by make_zone_table.py: do not edit.
extension ZoneTable {
    /// The records whose first zone is in the Americas.
    static let americas: StaticString = """
        America/Adak=-600 America/Atka=-600 US/Aleutian=-600|d:iQdIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIj\
        hiEdEgyt2dIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco2dIi.nEdEhco2dIi\
        .nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIk\
        ouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIk\
        ouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIk\
        ouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIk\
        ouEdEfrh2dIkouEdE
        America/Anchorage=-540 America/Juneau=-540 America/Nome=-540 America/Sitka=-540 America/Yakutat=-540 US/Alas\
        ka=-540|d:gUdIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2\
        dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEf7c2\
        dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2\
        dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2\
        dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2\
        dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdE
        America/Araguaina=-120|bzyYdAc7bz2dEfhjEdAkox2dEf6:EdAkgj2dEgniEdAj7b2dEf6:EdAj7b2dEgovEdAj7b2dEf6:EdAkox2dE\
        freEdAlmi2dEettEdAe7le2dEfhjEdA
        America/Argentina/Buenos_Aires=-120 America/Buenos_Aires=-120|cxjYdAke82dEf6:EdAke82dEf6:EdAke82dEge6EdAhnzi\
        2dEdmhEdAjrg2dEgovEdA
        America/Argentina/Catamarca=-120 America/Argentina/ComodRivadavia=-120 America/Catamarca=-120|cxjYdAke82dEf6\
        :Ec2ke,YdEf6.IdAke82dEge6EdAfulj2c26y2dAbytgEdEdmhEdA
        America/Argentina/Cordoba=-120 America/Cordoba=-120 America/Rosario=-120|cxjYdAke82dEf6:Ec2ke,YdEf6.IdAke82d\
        Ege6EdAhnzi2dEdmhEdAjrg2dEgovEdA
        America/Argentina/Jujuy=-120 America/Jujuy=-120|cxjYc2kozYdAge6Ec2i.q2dEgotIdAke82dEge6EdAhnzi2dEdmhEdA
        America/Argentina/La_Rioja=-120|cxjYdAke82dEfyfEc2c,kYdAhjmEdEf6:EdAke82dEge6EdAfulj2c26y2dAbytgEdEdmhEdA
        America/Argentina/Mendoza=-120 America/Mendoza=-120|cxjYc2j8qYdAgatEc2kav2dAgcaEc2ke82dEgeyIdAft,u2c2frh2dAb\
        ujmEdEdmhEdA
        America/Argentina/Rio_Gallegos=-120|cxjYdAke82dEf6:EdAke82dEf6:EdAke82dEge6EdAfulj2c26y2dAbytgEdEdmhEdA
        America/Argentina/Salta=-120|cxjYdAke82dEf6:Ec2ke,YdEf6.IdAke82dEge6EdAhnzi2dEdmhEdA
        America/Argentina/San_Juan=-120|cxjYdAke82dEfyfEc2c,kYdAhjmEdEf6:EdAke82dEge6EdAfuj82c2cnm2dAbxb:EdEdmhEdA
        America/Argentina/San_Luis=-120|dflYc2jooYdAgatEc2ebn2dAgqu6Ec2cnm2dAbxb:EdE,8EdAcdr2c2jrg2dAgovEc2jrg2dA
        America/Argentina/Tucuman=-120|cxjYdAke82dEf6:Ec2ke,YdEf6.IdAke82dEge6EdAfulj2c2q.2dAby.bEdEdmhEdAjrg2dEgovE\
        dA
        America/Argentina/Ushuaia=-120|cxjYdAke82dEf6:EdAke82dEf6:EdAke82dEge6EdAfuip2c2.s2dAbytgEdEdmhEdA
        America/Asuncion=-180|d,xUdAibm2dEh:8EdAiin2dEgovEdAjst2dEhy7EdAicz2dEgrpEdAjpz2dEgqcEdAjrg2dEgvwEdAjua2dEge\
        6EdAj7b2dEgovEdAjrg2dEgyqEdAjhl2dEgyqEdAjhl2dEgyqEdAjrg2dEh:8EdAgoy2dEjrdEdAgyt2dEjhiEdAitv2dEgovEdAjrg2dEgo\
        vEdAjrg2dEgovEdAj7b2dEge6EdAj7b2dEge6EdAj7b2dEhwbEdAhwe2dEijxEdAhwe2dEijxEdAh::2dEhmgEdAitv2dEhmgEdAitv2dEhm\
        gEdAitv2dEhwbEdAij62dEhwbEdAij62dEhwbEdAitv2dEhmgEdAitv2dEhmgEdAitv2dEhwbEdAij62dEhwbEdAij62dEhwbEdAij62dEhw\
        bEdAitv2dE
        America/Bahia=-120|bzyYdAlcn2dEfhjEdAkys2dEe.oEdAlmi2dEejyEdAlmi2dEfreEdAkox2dEfreEdAkox2dEfhjEdAkox2dEf6:Ed\
        Akgj2dEgniEdAj7b2dEf6:EdAj7b2dEgovEdAj7b2dEf6:EdAkox2dEfreEdAlmi2dEettEdAelbn2dEf6:EdA
        America/Bahia_Banderas=-420|desa2dIi.nEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEij62dIgovEdEij62dIi\
        .nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dMjhgIdIgyt2dMj\
        hiEdIgyt2dMjhiEdIhco2dMi.nEdIhco2dMi.nEdIhco2dMi.nEdIhco2dMjhiEdIgyt2dMjhiEdIgyt2dMjhiEdIhco2dMi.nEdIhco2dMi\
        .nEdIhco2dMjhiEdIgyt2dMjhiEdI
        America/Boa_Vista=-240|e8rjQdIgovEdEj7b2dIjzEdE
        America/Bogota=-300|bfp6MdImjwEdE
        America/Boise=-420 America/Denver=-420 America/Edmonton=-420 America/Inuvik=-420 America/Shiprock=-420 Ameri\
        ca/Yellowknife=-420 Canada/Mountain=-420 MST7MDT=-420 Navajo=-420 US/Mountain=-420|d:c2dIjhiEdEhco2dIi.nEdEh\
        co2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEg\
        yt2dIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf\
        7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf\
        rh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEf\
        rh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf\
        rh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdE
        America/Cambridge_Bay=-420|d:c2dIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco2dIi.n\
        EdEhco2dIi.nEdEhco2dIi.nEdEhco2dIp:6EdMjq:MdIpwgUdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhi\
        EdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkou\
        EdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkou\
        EdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkou\
        EdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdE
        America/Campo_Grande=-180|bz6UdAlcn2dEfhjEdAkys2dEe.oEdAlmi2dEejyEdAlmi2dEfreEdAkox2dEfreEdAkox2dEfhjEdAkox2\
        dEf6:EdAkgj2dEgniEdAj7b2dEf6:EdAj7b2dEgovEdAj7b2dEf6:EdAkox2dEfreEdAlmi2dEettEdAkys2dEfhjEdAlpc2dEe6uEdAkox2\
        dEfreEdAlmi2dEe.oEdAke82dEfreEdAkys2dEfhjEdAkys2dEfreEdAkox2dEfreEdAkox2dEf6:EdAkox2dEfhjEdAkys2dEfhjEdAkys2\
        dEfreEdAkox2dEfreEdAkox2dEfreEdAkox2dEfreEdAlmi2dEettEdA
        America/Cancun=-360|der:AdIi.nEdEhco2dIp:6EdMfhjEdIdwf2dEhco2dIjhiEdEgyt2dIjhiEdEij62dIgovEdEij62dIi.nEdEhco\
        2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt\
        2dIjhiEdEhco2dIi.nEdEhco2dIi.nEdEej72dI
        America/Caracas=-240|i:8yEdCegxsAdE
        America/Chicago=-360 America/Menominee=-360 CST6CDT=-360 US/Central=-360|d:bAdIjhiEdEhco2dIi.nEdEhco2dIi.nEd\
        Ehco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEd\
        Ehco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEd\
        Efrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEd\
        Efrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEd\
        Efrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEd\
        Ef7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdE
        America/Chihuahua=-360|der:AdIi.nEdEhco2dIi.nEdEp:.2dAhco2dEjhiEdAgyt2dEjhiEdAij62dEgovEdAij62dEi.nEdAhco2dE\
        i.nEdAhco2dEjhiEdAgyt2dEjhiEdAgyt2dEjhiEdAgyt2dEjhiEdAhco2dEi.nEdAhco2dEi.nEdAhco2dEjhiEdAgyt2dEjhiEdAgyt2dE\
        jhiEdAhco2dEi.nEdAhco2dEi.nEdAhco2dEi.nEdAhco2dEjhiEdAgyt2dEjhiEdAgyt2dEjhiEdAhco2dEi.nEdAhco2dEi.nEdAhco2dE\
        jhiEdAgyt2dE
        America/Ciudad_Juarez=-360|der:AdIi.nEdEhco2dIi.nEdEp:.2dAhco2dEjhiEdAgyt2dEjhiEdAij62dEgovEdAij62dEi.nEdAhc\
        o2dEi.nEdAhco2dEjhiEdAgyt2dEjhiEdAgyt2dEjhiEdAgyt2dEjhiEdAhco2dEi.nEdAhco2dEi.nEdAge.2dEkouEdAfrh2dEkouEdAfr\
        h2dEkouEdAfrh2dEkouEdAfrh2dEkouEdAfrh2dEkouEdAf7c2dEkouEdAfrh2dEkouEdAfrh2dEkouEdAfrh2dEkouEdAfrh2dEkouEdAf7\
        c2dEkouEdAfrh2dElqiMdAeptUdEkouEdAfrh2dEkouEdAfrh2dEkouEdAfrh2dEkouEdAf7c2dEkouEdAfrh2dEkouEdAfrh2dEkouEdAfr\
        h2dEkouEdAfrh2dEkouEdAf7c2dEkouEdAfrh2dEkouEdAfrh2dEkouEdAfrh2dEkouEdAfrh2dEkouEdAfrh2dEkouEdAf7c2dEkouEdAfr\
        h2dEkouEdAfrh2dEkouEdA
        America/Costa_Rica=-360|q6,IdIhffEdEi6w2dIcqdEdE
        America/Coyhaique=-180|dbgUdAij62dEhwbEdAjrg2dEgyqEdAjhl2dEgyqEdAjhl2dEgyqEdAjhl2dEgyqEdAjrg2dEgovEdAjrg2dEh\
        mgEdAitv2dEgyqEdAitv2dEijxEdAij62dEgyqEdAjrg2dEgovEdAjrg2dEgovEdAjrg2dEgovEdAjrg2dEgyqEdAjhl2dEgyqEdAjhl2dEg\
        yqEdAjrg2dEgovEdAjrg2dEhmgEdAitv2dEgyqEdAjhl2dEhwbEdAij62dEjhiEdAetw2dElckEdAfrh2dEkouEdAf7c2dEkezEdAf7c2dE7\
        cgEdAeaa2dEl:7EdAeaa2dEl:7EdAeaa2dEkouEdAgyt2dEjhiEdAgyt2dEjhiEdAgyt2dEjhiEdAhco2dEi.nEdAgyt2dEjrdEdAgyt2dE
        America/Cuiaba=-180|bz6UdAlcn2dEfhjEdAkys2dEe.oEdAlmi2dEejyEdAlmi2dEfreEdAkox2dEfreEdAkox2dEfhjEdAkox2dEf6:E\
        dAkgj2dEgniEdAj7b2dEf6:EdAj7b2dEgovEdAj7b2dEf6:EdAkox2dEfreEdAlmi2dEettEdA7o,2dEe6uEdAkox2dEfreEdAlmi2dEe.oE\
        dAke82dEfreEdAkys2dEfhjEdAkys2dEfreEdAkox2dEfreEdAkox2dEf6:EdAkox2dEfhjEdAkys2dEfhjEdAkys2dEfreEdAkox2dEfreE\
        dAkox2dEfreEdAkox2dEfreEdAlmi2dEettEdA
        America/Danmarkshavn=-180|duy2dIijzAdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEelkYdQ
        America/Dawson=-480 America/Whitehorse=-480 Canada/Yukon=-480|d:eYdIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiE\
        dEgyt2dIjhiEdEgyt2dIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco2dIi.nE\
        dEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouE\
        dEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dI
        America/Detroit=-300 America/Kentucky/Louisville=-300 America/Louisville=-300 America/Montreal=-300 America/\
        Nassau=-300 America/New_York=-300 America/Nipigon=-300 America/Thunder_Bay=-300 America/Toronto=-300 Canada/\
        Eastern=-300 EST5EDT=-300 US/Eastern=-300 US/Michigan=-300|d,:EdIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEg\
        yt2dIjhiEdEgyt2dIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco2dIi.nEdEh\
        co2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEf\
        rh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf\
        7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf\
        rh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEf\
        rh2dIkouEdEfrh2dIkouEdE
        America/Eirunepe=-300|b87,MdIfreEdEhgf:2dIcwlhEdE
        America/Ensenada=-480 America/Santa_Isabel=-480 America/Tijuana=-480 Mexico/BajaNorte=-480|d:eYdIjhiEdEhco2d\
        Ii.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2d\
        IjhiEdEgyt2dIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco2dIi.nEdEhco2d\
        Ii.nEdEge.2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2d\
        IkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2d\
        IkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2d\
        IkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdE
        America/Fort_Nelson=-480|d:eYdIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco2dIi.nEd\
        Ehco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEd\
        Egyt2dIjhiEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEd\
        Efrh2dI
        America/Fort_Wayne=-300 America/Indiana/Indianapolis=-300 America/Indiana/Marengo=-300 America/Indiana/Vevay\
        =-300 America/Indianapolis=-300 US/East-Indiana=-300|ie6qEdIjhiEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dI\
        kouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dI\
        kouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dI\
        kouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dI\
        kouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdE
        America/Fortaleza=-120|bzyYdAe6xo2dEgovEdAj7b2dEtuEdApwc2dEfreEdA
        America/Glace_Bay=-240 America/Halifax=-240 Atlantic/Bermuda=-240 Canada/Atlantic=-240|d,.IdIjhiEdEhco2dIi.n\
        EdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhi\
        EdEgyt2dIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkou\
        EdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkou\
        EdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkou\
        EdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkou\
        EdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdE
        America/Godthab=-180 America/Nuuk=-180|duy2dIijzAdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,\
        AdEijzAdIjhkAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrf\
        AdEgoxAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhk\
        AdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrf\
        AdEgoxAdIqjxAdMjhkAdIgysAdMjhkAdIgysAdMjhkAdIgysAdMjrfAdIgoxAdMjrfAdIgoxAdMjrfAdIgysAdMjhkAdIgysAdMjhkAdIgys\
        AdMjrfAdIgoxAdMjrfAdIgoxAdMjrfAdIgoxAdMjrfAdIgysAdMjhkAdIgysAdMjhkAdIgysAdMjrfAdIgoxAdMjrfAdIgoxAdMjrfAdI
        America/Goose_Bay=-240|d,zRdIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco2dIi.nEdEh\
        co2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEg\
        yt2dIjhiEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkox1dEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf\
        rh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf\
        rh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEf\
        rh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdE
        America/Grand_Turk=-300|d,:EdIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco2dIi.nEdE\
        hco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdE\
        gyt2dIjhiEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdE\
        frh2dIb6ydEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEd\
        Ef7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEd\
        Efrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdE
        America/Guatemala=-360|ttrIdIhmgEdEhlcc2dIgyqEdE
        America/Guayaquil=-300|bovxMdIda:EdE
        America/Guyana=-180|bd,rQdA
        America/Havana=-300 Cuba=-300|d,7MdIitsEdEhwe2dIijzAdEhwdAdIijzAdEhwdAdIijzAdEhwdAdIijzAdEhwdAdIijzAdEh:,AdI\
        h:,AdEh:,AdIijzAdEhmiAdIjhkAdEgysAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEhcnAdIi.pAdEhcnAdIi.pAdEgysAdIbjq.AdEf7bAd\
        Ike7AdEge8AdIj7aAdEf7bAdIke7AdEge8AdIke7AdEge8AdIkowAdEge8AdIjrfAdEfrgAdIkowAdEfrgAdIkowAdEfrgAdIkowAdEf7bAd\
        IkowAdEfrgAdIkowAdEfrgAdIkowAdEfrgAdIkowAdEfrgAdIkowAdEf7bAdIkowAdEfrgAdIkowAdEfrgAdIkowAdEfrgAdIkowAdEfrgAd\
        IkowAdEfrgAdIkowAdEf7bAdIkowAdEfrgAdIkowAdEfrgAdIkowAdEfrgAdIkowAdEfrgAdIkowAdEf7bAdIkowAdEfrgAdIkowAdEfrgAd\
        IkowAdEfrgAdIkowAdEfrgAdIkowAdEfrgAdIkowAdEf7bAdIkowAdEfrgAdIkowAdEfrgAdIkowAdE
        America/Hermosillo=-420|desa2dIi.nEdEhco2dIi.nEdEhco2dIi.nEdE
        America/Indiana/Knox=-360 America/Knox_IN=-360 US/Indiana-Starke=-360|d:bAdIjhiEdEhco2dIhzzcEdEf7c2dIkouEdEf\
        rh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEf\
        rh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf\
        rh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf\
        rh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdE
        America/Indiana/Petersburg=-300 America/Indiana/Vincennes=-300|iob6EdAf7c2dEp:6EdIkouEdEfrh2dIkouEdEf7c2dIko\
        uEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIko\
        uEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIko\
        uEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIko\
        uEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdE
        America/Indiana/Tell_City=-300|iob6EdAf7c2dEkouEdAfrh2dEkouEdAfrh2dEkouEdAf7c2dEkouEdAfrh2dEkouEdAfrh2dEkouE\
        dAfrh2dEkouEdAfrh2dEkouEdAfrh2dEkouEdAf7c2dEkouEdAfrh2dEkouEdAfrh2dEkouEdAfrh2dEkouEdAfrh2dEkouEdAf7c2dEkouE\
        dAfrh2dEkouEdAfrh2dEkouEdAfrh2dEkouEdAfrh2dEkouEdAfrh2dEkouEdAf7c2dEkouEdAfrh2dEkouEdAfrh2dEkouEdAfrh2dEkouE\
        dAfrh2dEkouEdAf7c2dEkouEdAfrh2dEkouEdAfrh2dEkouEdAfrh2dEkouEdAfrh2dEkouEdAfrh2dEkouEdAf7c2dEkouEdAfrh2dEkouE\
        dAfrh2dEkouEdA
        America/Indiana/Winamac=-300|iob6EdAf7c2dIkosIdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdE\
        frh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdE\
        frh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdE\
        frh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdE\
        frh2dIkouEdE
        America/Iqaluit=-300 America/Pangnirtung=-300|d,:EdIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgy\
        t2dIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdAgyvYdEp:6EdIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjh\
        iEdEgyt2dIjhiEdEgyt2dIjhiEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIko\
        uEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIko\
        uEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIko\
        uEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIko\
        uEdE
        America/Kentucky/Monticello=-360|d:bAdIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco\
        2dIi.nEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIp:6EdMjhiEdIhco2dMi.nEdIhco2dMi.nEdIhco2dMjhiEdIgyt2dMjhi\
        EdIgyt2dMjhiEdIf7c2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIf7c2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIfrh2dMkou\
        EdIfrh2dMkouEdIf7c2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIf7c2dMkouEdIfrh2dMkouEdIfrh2dMkou\
        EdIfrh2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIf7c2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIf7c2dMkou\
        EdIfrh2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIf7c2dMkouEdIfrh2dMkouEdIfrh2dMkouEdI
        America/Lima=-300|jMdId,qEdEb8ia2dId,qEdE
        America/Los_Angeles=-480 America/Vancouver=-480 Canada/Pacific=-480 PST8PDT=-480 US/Pacific=-480|d:eYdIjhiEd\
        Ehco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEd\
        Egyt2dIjhiEdEgyt2dIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEf7c2dIkouEdEfrh2dIkouEd\
        Efrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEd\
        Efrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEd\
        Ef7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEd\
        Efrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdE
        America/Maceio=-120|bzyYdAc7bz2dEfhjEdAb6ol2dEgovEdAj7b2dEtuEdApwc2dEfreEdA
        America/Managua=-360|badeYdIlxfUdEeli2dIcagpEdEeeyk2dIhwbEdEjhpUdIgyoIdE
        America/Manaus=-240 Brazil/West=-240|b878QdIfreEdE
        America/Matamoros=-360|der:AdIi.nEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEij62dIgovEdEij62dIi.nEdE\
        hco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco2dIi.nEdEhco2dIi.nEdEge.2dIkouEdEfrh2dIkouEdE\
        frh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdE\
        f7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdE\
        frh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdE\
        frh2dIkouEdEfrh2dIkouEdE
        America/Mazatlan=-420 Mexico/BajaSur=-420|desa2dIi.nEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEij62d\
        IgovEdEij62dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2d\
        IjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco2d\
        Ii.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdE
        America/Merida=-360 America/Mexico_City=-360 America/Monterrey=-360 Mexico/General=-360|der:AdIi.nEdEhco2dIi\
        .nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEij62dIgovEdEij62dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIj\
        hiEdEgyt2dIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIi\
        .nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdE
        America/Metlakatla=-480|m,urYdAf7c2dEkouEdAfrh2dEkouEdAfrh2dEn6.EdAce,2dEkouEdAfrh2dEkouEdAf7c2dEkouEdAfrh2d\
        EkouEdAfrh2dEkouEdAfrh2dEkouEdAfrh2dEkouEdAfrh2dEkouEdAf7c2dEkouEdAfrh2dEkouEdAfrh2dEkouEdAfrh2dEkouEdAfrh2d\
        EkouEdAf7c2dEkouEdAfrh2dEkouEdAfrh2dEkouEdAfrh2dEkouEdAfrh2dEkouEdAfrh2dEkouEdAf7c2dEkouEdAfrh2dEkouEdAfrh2d\
        EkouEdA
        America/Miquelon=-180|d,7MdIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco2dIi.nEdEhc\
        o2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgy\
        t2dIjhiEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfr\
        h2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfr\
        h2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfr\
        h2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdE
        America/Moncton=-240|d,.IdIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhclFdIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco2dIi.nEdEhco\
        2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt\
        2dIjhiEdEf7gTdIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh\
        2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh\
        2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh\
        2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdE
        America/Montevideo=-120|cnoYdAkox2dEf6:EdAkox2dEfreEdAke82dEf6:EdAfzp62dEij62dAitv2dEgyqEdAi.q2dEhclEdAjhl2d\
        EgyqEdAjhl2dEgyqEdAjhl2dEhclEdAi.q2dEhclEdAi.q2dEhclEdAjhl2dEgyqEdAjhl2dEgyqEdAjhl2dEgyqEdA
        America/Noronha=-60 Brazil/DeNoronha=-60|bzw2dAe6xo2dEgovEdAj7b2dEjzEdAp:.2dEfreEdA
        America/North_Dakota/Beulah=-420|d:c2dIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco\
        2dIi.nEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt\
        2dIjhiEdEgyt2dIjhiEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIp:6EdMkouEdIfrh2dMkouEdIfrh2dMkouEdIfrh2dMkou\
        EdIfrh2dMkouEdIf7c2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIf7c2dMkouEdIfrh2dMkouEdIfrh2dMkou\
        EdIfrh2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIf7c2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIf7c2dMkou\
        EdIfrh2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIf7c2dMkouEdIfrh2dMkouEdIfrh2dMkouEdI
        America/North_Dakota/Center=-420|d:c2dIjhiEdEhco2dIi.nEdEhco2dIp:6EdMjhiEdIgyt2dMjhiEdIgyt2dMjhiEdIhco2dMi.n\
        EdIhco2dMi.nEdIhco2dMi.nEdIhco2dMjhiEdIgyt2dMjhiEdIgyt2dMjhiEdIhco2dMi.nEdIhco2dMi.nEdIhco2dMjhiEdIgyt2dMjhi\
        EdIgyt2dMjhiEdIf7c2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIf7c2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIfrh2dMkou\
        EdIfrh2dMkouEdIf7c2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIf7c2dMkouEdIfrh2dMkouEdIfrh2dMkou\
        EdIfrh2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIf7c2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIf7c2dMkou\
        EdIfrh2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIf7c2dMkouEdIfrh2dMkouEdIfrh2dMkouEdI
        America/North_Dakota/New_Salem=-420|d:c2dIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdE\
        hco2dIi.nEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco2dIi.nEdEhco2dIp:6EdMjhiEdIgyt2dM\
        jhiEdIgyt2dMjhiEdIf7c2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIf7c2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIfrh2dM\
        kouEdIfrh2dMkouEdIf7c2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIf7c2dMkouEdIfrh2dMkouEdIfrh2dM\
        kouEdIfrh2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIf7c2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIf7c2dM\
        kouEdIfrh2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIf7c2dMkouEdIfrh2dMkouEdIfrh2dMkouEdI
        America/Ojinaga=-360|der:AdIi.nEdEhco2dIi.nEdEp:.2dAhco2dEjhiEdAgyt2dEjhiEdAij62dEgovEdAij62dEi.nEdAhco2dEi.\
        nEdAhco2dEjhiEdAgyt2dEjhiEdAgyt2dEjhiEdAgyt2dEjhiEdAhco2dEi.nEdAhco2dEi.nEdAge.2dEkouEdAfrh2dEkouEdAfrh2dEko\
        uEdAfrh2dEkouEdAfrh2dEkouEdAfrh2dEkouEdAf7c2dEkouEdAfrh2dEkouEdAfrh2dEkouEdAfrh2dEkouEdAfrh2dEkouEdAf7c2dEko\
        uEdAfrh2dEp:6EdIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfr\
        h2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfr\
        h2dIkouEdE
        America/Port-au-Prince=-300|d,.IdIjhkAdEhcnAdIi.pAdEhcnAdIi.pAdEhcnAdIjhkAdEgysAdIjhkAdEgysAdIjhkAdEhcnAdIi.\
        pAdEhcnAdIi.pAdEdxlkEdIjhiEdEgyt2dIjhiEdEcwenUdIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEv6,2dIkouEdEfrh2dI\
        kouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dI\
        kouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dI\
        kouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdE
        America/Porto_Acre=-300 America/Rio_Branco=-300 Brazil/Acre=-300|jitcMdIcwlhEdE
        America/Punta_Arenas=-180 Antarctica/Palmer=-180|dbgUdAij62dEhwbEdAjrg2dEgyqEdAjhl2dEgyqEdAjhl2dEgyqEdAjhl2d\
        EgyqEdAjrg2dEgovEdAjrg2dEhmgEdAitv2dEgyqEdAitv2dEijxEdAij62dEgyqEdAjrg2dEgovEdAjrg2dEgovEdAjrg2dEgovEdAjrg2d\
        EgyqEdAjhl2dEgyqEdAjhl2dEgyqEdAjrg2dEgovEdAjrg2dEhmgEdAitv2dEgyqEdAjhl2dEhwbEdAij62dEjhiEdAetw2dElckEdAfrh2d\
        EkouEdAf7c2dEkezEdAf7c2dE7cgEdAeaa2dE
        America/Rainy_River=-360 America/Winnipeg=-360 Canada/Central=-360|d:bAdIjhkAdEhcnAdIi.pAdEhcnAdIi.pAdEhcnAd\
        IjhkAdEgysAdIjhkAdEgysAdIjhkAdEhcnAdIi.pAdEhcnAdIi.pAdEhcnAdIi.pAdEhcnAdIjhkAdEgysAdIjhkAdEgysAdIjhkAdEhcnAd\
        Ii.pAdEhcnAdIi.pAdEhcnAdIjhkAdEgysAdIjhkAdEgysAdIjhiEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2d\
        IkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2d\
        IkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2d\
        IkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2d\
        IkouEdEfrh2dIkouEdEfrh2dIkouEdE
        America/Rankin_Inlet=-360|d:bAdIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco2dIi.nE\
        dEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIzheEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiE\
        dEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouE\
        dEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouE\
        dEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouE\
        dEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdE
        America/Recife=-120|bzyYdAe6xo2dEgovEdAj7b2dEjzEdAp:.2dEfreEdA
        America/Resolute=-360|d:bAdIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco2dIi.nEdEhc\
        o2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIzheEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIzq:EdEfr\
        h2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfr\
        h2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfr\
        h2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfr\
        h2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdE
        America/Santarem=-240|jitaQdI
        America/Santiago=-180 Chile/Continental=-180 Chile/EasterIsland=-300 Pacific/Easter=-300|dbgUdAij62dEhwbEdAj\
        rg2dEgyqEdAjhl2dEgyqEdAjhl2dEgyqEdAjhl2dEgyqEdAjrg2dEgovEdAjrg2dEhmgEdAitv2dEgyqEdAitv2dEijxEdAij62dEgyqEdAj\
        rg2dEgovEdAjrg2dEgovEdAjrg2dEgovEdAjrg2dEgyqEdAjhl2dEgyqEdAjhl2dEgyqEdAjrg2dEgovEdAjrg2dEhmgEdAitv2dEgyqEdAj\
        hl2dEhwbEdAij62dEjhiEdAetw2dElckEdAfrh2dEkouEdAf7c2dEkezEdAf7c2dE7cgEdAeaa2dEl:7EdAeaa2dEl:7EdAeaa2dEkouEdAg\
        yt2dEjhiEdAgyt2dEjhiEdAgyt2dEjhiEdAhco2dEi.nEdAgyt2dEjrdEdAgyt2dEjhiEdAgyt2dEjhiEdAgyt2dEjhiEdAgyt2dEjhiEdAg\
        yt2dEjrdEdAgoy2dEjrdEdAgyt2dEjhiEdAgyt2dEjhiEdAgyt2dEjhiEdAgyt2dEjhiEdAgyt2dEjrdEdAgoy2dEjrdEdAgyt2dEjhiEdAg\
        yt2dEjhiEdAgyt2dEjhiEdAgyt2dEjrdEdAgoy2dE
        America/Santo_Domingo=-240|fnyvIdAbrhAdE
        America/Sao_Paulo=-120 Brazil/East=-120|bzyYdAlcn2dEfhjEdAkys2dEe.oEdAlmi2dEejyEdAlmi2dEfreEdAkox2dEfreEdAko\
        x2dEfhjEdAkox2dEf6:EdAkgj2dEgniEdAj7b2dEf6:EdAj7b2dEgovEdAj7b2dEf6:EdAkox2dEfreEdAlmi2dEettEdAkys2dEfhjEdAlp\
        c2dEe6uEdAkox2dEfreEdAlmi2dEe.oEdAke82dEfreEdAkys2dEfhjEdAkys2dEfreEdAkox2dEfreEdAkox2dEf6:EdAkox2dEfhjEdAky\
        s2dEfhjEdAkys2dEfreEdAkox2dEfreEdAkox2dEfreEdAkox2dEfreEdAlmi2dEettEdA
        America/Scoresbysund=-60|duy2dIijzAdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEijzAdIjhkAd\
        EgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAd\
        EgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAd\
        EgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAd\
        Ep:8AdAgysAdEjhkAdAgysAdEjhkAdAgysAdEjrfAdAgoxAdEjrfAdAgoxAdEjrfAdAgysAdEjhkAdAgysAdEjhkAdAgysAdEjrfAdAgoxAd\
        EjrfAdAgoxAdEjrfAdAgoxAdEjrfAdAgysAdEjhkAdAgysAdEjhkAdAgysAdEjrfAdAgoxAdEjrfAdAgoxAdEjrfAdA
        America/St_Johns=-210 Canada/Newfoundland=-210|d,yTdIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEg\
        yt2dIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco2dIi.nEdEhco2dIi.nEdEh\
        co2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkox1dEfrh2dIkouEdEf\
        rh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEf\
        rh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf\
        rh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEf\
        rh2dIkouEdE
        America/Tegucigalpa=-360|iglvIdIebkEdE
        America/Thule=-240|t,zIdIh:8EdEh::2dIh:8EdEij62dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2d\
        Ii.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEf7c2d\
        IkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2d\
        IkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2d\
        IkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2d\
        IkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdE
        """
}
