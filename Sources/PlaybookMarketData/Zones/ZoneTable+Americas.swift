/// Made by make_zone_table.py: do not edit.
extension ZoneTable {
    /// The records whose first zone is in the Americas.
    static let americas: StaticString = """
        America/Adak=-40 America/Atka=-40 US/Aleutian=-40|d:iQdIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiE\
        dEgyt2dIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco2dIi.nEdEhco2dIi.nE\
        dEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouE\
        dEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouE\
        dEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouE\
        dEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouE\
        dEfrh2dIkouEdE
        America/Anchorage=-36 America/Juneau=-36 America/Nome=-36 America/Sitka=-36 America/Yakutat=-36 US/Alaska=-3\
        6|d:gUdIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIi.nE\
        dEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEf7c2dIkouE\
        dEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouE\
        dEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouE\
        dEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouE\
        dEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdE
        America/Araguaina=-8|bzyYdAc7bz2dEfhjEdAkox2dEf6:EdAkgj2dEgniEdAj7b2dEf6:EdAj7b2dEgovEdAj7b2dEf6:EdAkox2dEfr\
        eEdAlmi2dEettEdAe7le2dEfhjEdA
        America/Argentina/Buenos_Aires=-8 America/Buenos_Aires=-8|cxjYdAke82dEf6:EdAke82dEf6:EdAke82dEge6EdAhnzi2dEd\
        mhEdAjrg2dEgovEdA
        America/Argentina/Catamarca=-8 America/Argentina/ComodRivadavia=-8 America/Catamarca=-8|cxjYdAke82dEf6:Ec2ke\
        ,YdEf6.IdAke82dEge6EdAfulj2c26y2dAbytgEdEdmhEdA
        America/Argentina/Cordoba=-8 America/Cordoba=-8 America/Rosario=-8|cxjYdAke82dEf6:Ec2ke,YdEf6.IdAke82dEge6Ed\
        Ahnzi2dEdmhEdAjrg2dEgovEdA
        America/Argentina/Jujuy=-8 America/Jujuy=-8|cxjYc2kozYdAge6Ec2i.q2dEgotIdAke82dEge6EdAhnzi2dEdmhEdA
        America/Argentina/La_Rioja=-8|cxjYdAke82dEfyfEc2c,kYdAhjmEdEf6:EdAke82dEge6EdAfulj2c26y2dAbytgEdEdmhEdA
        America/Argentina/Mendoza=-8 America/Mendoza=-8|cxjYc2j8qYdAgatEc2kav2dAgcaEc2ke82dEgeyIdAft,u2c2frh2dAbujmE\
        dEdmhEdA
        America/Argentina/Rio_Gallegos=-8|cxjYdAke82dEf6:EdAke82dEf6:EdAke82dEge6EdAfulj2c26y2dAbytgEdEdmhEdA
        America/Argentina/Salta=-8|cxjYdAke82dEf6:Ec2ke,YdEf6.IdAke82dEge6EdAhnzi2dEdmhEdA
        America/Argentina/San_Juan=-8|cxjYdAke82dEfyfEc2c,kYdAhjmEdEf6:EdAke82dEge6EdAfuj82c2cnm2dAbxb:EdEdmhEdA
        America/Argentina/San_Luis=-8|dflYc2jooYdAgatEc2ebn2dAgqu6Ec2cnm2dAbxb:EdE,8EdAcdr2c2jrg2dAgovEc2jrg2dA
        America/Argentina/Tucuman=-8|cxjYdAke82dEf6:Ec2ke,YdEf6.IdAke82dEge6EdAfulj2c2q.2dAby.bEdEdmhEdAjrg2dEgovEdA
        America/Argentina/Ushuaia=-8|cxjYdAke82dEf6:EdAke82dEf6:EdAke82dEge6EdAfuip2c2.s2dAbytgEdEdmhEdA
        America/Asuncion=-12|d,xUdAibm2dEh:8EdAiin2dEgovEdAjst2dEhy7EdAicz2dEgrpEdAjpz2dEgqcEdAjrg2dEgvwEdAjua2dEge6\
        EdAj7b2dEgovEdAjrg2dEgyqEdAjhl2dEgyqEdAjhl2dEgyqEdAjrg2dEh:8EdAgoy2dEjrdEdAgyt2dEjhiEdAitv2dEgovEdAjrg2dEgov\
        EdAjrg2dEgovEdAj7b2dEge6EdAj7b2dEge6EdAj7b2dEhwbEdAhwe2dEijxEdAhwe2dEijxEdAh::2dEhmgEdAitv2dEhmgEdAitv2dEhmg\
        EdAitv2dEhwbEdAij62dEhwbEdAij62dEhwbEdAitv2dEhmgEdAitv2dEhmgEdAitv2dEhwbEdAij62dEhwbEdAij62dEhwbEdAij62dEhwb\
        EdAitv2dE
        America/Bahia=-8|bzyYdAlcn2dEfhjEdAkys2dEe.oEdAlmi2dEejyEdAlmi2dEfreEdAkox2dEfreEdAkox2dEfhjEdAkox2dEf6:EdAk\
        gj2dEgniEdAj7b2dEf6:EdAj7b2dEgovEdAj7b2dEf6:EdAkox2dEfreEdAlmi2dEettEdAelbn2dEf6:EdA
        America/Bahia_Banderas=-28|desa2dIi.nEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEij62dIgovEdEij62dIi.\
        nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dMjhgIdIgyt2dMjh\
        iEdIgyt2dMjhiEdIhco2dMi.nEdIhco2dMi.nEdIhco2dMi.nEdIhco2dMjhiEdIgyt2dMjhiEdIgyt2dMjhiEdIhco2dMi.nEdIhco2dMi.\
        nEdIhco2dMjhiEdIgyt2dMjhiEdI
        America/Boa_Vista=-16|e8rjQdIgovEdEj7b2dIjzEdE
        America/Bogota=-20|bfp6MdImjwEdE
        America/Boise=-28 America/Denver=-28 America/Edmonton=-28 America/Inuvik=-28 America/Shiprock=-28 America/Ye\
        llowknife=-28 Canada/Mountain=-28 MST7MDT=-28 Navajo=-28 US/Mountain=-28|d:c2dIjhiEdEhco2dIi.nEdEhco2dIi.nEd\
        Ehco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEd\
        Ehco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEd\
        Efrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEd\
        Efrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEd\
        Efrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEd\
        Ef7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdE
        America/Cambridge_Bay=-28|d:c2dIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco2dIi.nE\
        dEhco2dIi.nEdEhco2dIi.nEdEhco2dIp:6EdMjq:MdIpwgUdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiE\
        dEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouE\
        dEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouE\
        dEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouE\
        dEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdE
        America/Campo_Grande=-12|bz6UdAlcn2dEfhjEdAkys2dEe.oEdAlmi2dEejyEdAlmi2dEfreEdAkox2dEfreEdAkox2dEfhjEdAkox2d\
        Ef6:EdAkgj2dEgniEdAj7b2dEf6:EdAj7b2dEgovEdAj7b2dEf6:EdAkox2dEfreEdAlmi2dEettEdAkys2dEfhjEdAlpc2dEe6uEdAkox2d\
        EfreEdAlmi2dEe.oEdAke82dEfreEdAkys2dEfhjEdAkys2dEfreEdAkox2dEfreEdAkox2dEf6:EdAkox2dEfhjEdAkys2dEfhjEdAkys2d\
        EfreEdAkox2dEfreEdAkox2dEfreEdAkox2dEfreEdAlmi2dEettEdA
        America/Cancun=-24|der:AdIi.nEdEhco2dIp:6EdMfhjEdIdwf2dEhco2dIjhiEdEgyt2dIjhiEdEij62dIgovEdEij62dIi.nEdEhco2\
        dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2\
        dIjhiEdEhco2dIi.nEdEhco2dIi.nEdEej72dI
        America/Caracas=-16|i:8yEdCegxsAdE
        America/Chicago=-24 America/Menominee=-24 CST6CDT=-24 US/Central=-24|d:bAdIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco\
        2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco\
        2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh\
        2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh\
        2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh\
        2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c\
        2dIkouEdEfrh2dIkouEdEfrh2dIkouEdE
        America/Chihuahua=-24|der:AdIi.nEdEhco2dIi.nEdEp:.2dAhco2dEjhiEdAgyt2dEjhiEdAij62dEgovEdAij62dEi.nEdAhco2dEi\
        .nEdAhco2dEjhiEdAgyt2dEjhiEdAgyt2dEjhiEdAgyt2dEjhiEdAhco2dEi.nEdAhco2dEi.nEdAhco2dEjhiEdAgyt2dEjhiEdAgyt2dEj\
        hiEdAhco2dEi.nEdAhco2dEi.nEdAhco2dEi.nEdAhco2dEjhiEdAgyt2dEjhiEdAgyt2dEjhiEdAhco2dEi.nEdAhco2dEi.nEdAhco2dEj\
        hiEdAgyt2dE
        America/Ciudad_Juarez=-24|der:AdIi.nEdEhco2dIi.nEdEp:.2dAhco2dEjhiEdAgyt2dEjhiEdAij62dEgovEdAij62dEi.nEdAhco\
        2dEi.nEdAhco2dEjhiEdAgyt2dEjhiEdAgyt2dEjhiEdAgyt2dEjhiEdAhco2dEi.nEdAhco2dEi.nEdAge.2dEkouEdAfrh2dEkouEdAfrh\
        2dEkouEdAfrh2dEkouEdAfrh2dEkouEdAfrh2dEkouEdAf7c2dEkouEdAfrh2dEkouEdAfrh2dEkouEdAfrh2dEkouEdAfrh2dEkouEdAf7c\
        2dEkouEdAfrh2dElqiMdAeptUdEkouEdAfrh2dEkouEdAfrh2dEkouEdAfrh2dEkouEdAf7c2dEkouEdAfrh2dEkouEdAfrh2dEkouEdAfrh\
        2dEkouEdAfrh2dEkouEdAf7c2dEkouEdAfrh2dEkouEdAfrh2dEkouEdAfrh2dEkouEdAfrh2dEkouEdAfrh2dEkouEdAf7c2dEkouEdAfrh\
        2dEkouEdAfrh2dEkouEdA
        America/Costa_Rica=-24|q6,IdIhffEdEi6w2dIcqdEdE
        America/Coyhaique=-12|dbgUdAij62dEhwbEdAjrg2dEgyqEdAjhl2dEgyqEdAjhl2dEgyqEdAjhl2dEgyqEdAjrg2dEgovEdAjrg2dEhm\
        gEdAitv2dEgyqEdAitv2dEijxEdAij62dEgyqEdAjrg2dEgovEdAjrg2dEgovEdAjrg2dEgovEdAjrg2dEgyqEdAjhl2dEgyqEdAjhl2dEgy\
        qEdAjrg2dEgovEdAjrg2dEhmgEdAitv2dEgyqEdAjhl2dEhwbEdAij62dEjhiEdAetw2dElckEdAfrh2dEkouEdAf7c2dEkezEdAf7c2dE7c\
        gEdAeaa2dEl:7EdAeaa2dEl:7EdAeaa2dEkouEdAgyt2dEjhiEdAgyt2dEjhiEdAgyt2dEjhiEdAhco2dEi.nEdAgyt2dEjrdEdAgyt2dE
        America/Cuiaba=-12|bz6UdAlcn2dEfhjEdAkys2dEe.oEdAlmi2dEejyEdAlmi2dEfreEdAkox2dEfreEdAkox2dEfhjEdAkox2dEf6:Ed\
        Akgj2dEgniEdAj7b2dEf6:EdAj7b2dEgovEdAj7b2dEf6:EdAkox2dEfreEdAlmi2dEettEdA7o,2dEe6uEdAkox2dEfreEdAlmi2dEe.oEd\
        Ake82dEfreEdAkys2dEfhjEdAkys2dEfreEdAkox2dEfreEdAkox2dEf6:EdAkox2dEfhjEdAkys2dEfhjEdAkys2dEfreEdAkox2dEfreEd\
        Akox2dEfreEdAkox2dEfreEdAlmi2dEettEdA
        America/Danmarkshavn=-12|duy2dIijzAdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEelkYdQ
        America/Dawson=-32 America/Whitehorse=-32 Canada/Yukon=-32|d:eYdIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEg\
        yt2dIjhiEdEgyt2dIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco2dIi.nEdEh\
        co2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEf\
        rh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dI
        America/Detroit=-20 America/Kentucky/Louisville=-20 America/Louisville=-20 America/Montreal=-20 America/Nass\
        au=-20 America/New_York=-20 America/Nipigon=-20 America/Thunder_Bay=-20 America/Toronto=-20 Canada/Eastern=-\
        20 EST5EDT=-20 US/Eastern=-20 US/Michigan=-20|d,:EdIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgy\
        t2dIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhc\
        o2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfr\
        h2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfr\
        h2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfr\
        h2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfr\
        h2dIkouEdE
        America/Eirunepe=-20|b87,MdIfreEdEhgf:2dIcwlhEdE
        America/Ensenada=-32 America/Santa_Isabel=-32 America/Tijuana=-32 Mexico/BajaNorte=-32|d:eYdIjhiEdEhco2dIi.n\
        EdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhi\
        EdEgyt2dIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco2dIi.nEdEhco2dIi.n\
        EdEge.2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkou\
        EdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkou\
        EdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkou\
        EdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdE
        America/Fort_Nelson=-32|d:eYdIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco2dIi.nEdE\
        hco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdE\
        gyt2dIjhiEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdE\
        frh2dI
        America/Fort_Wayne=-20 America/Indiana/Indianapolis=-20 America/Indiana/Marengo=-20 America/Indiana/Vevay=-2\
        0 America/Indianapolis=-20 US/East-Indiana=-20|ie6qEdIjhiEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdE\
        frh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdE\
        frh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdE\
        frh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdE\
        f7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdE
        America/Fortaleza=-8|bzyYdAe6xo2dEgovEdAj7b2dEtuEdApwc2dEfreEdA
        America/Glace_Bay=-16 America/Halifax=-16 Atlantic/Bermuda=-16 Canada/Atlantic=-16|d,.IdIjhiEdEhco2dIi.nEdEh\
        co2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEg\
        yt2dIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf\
        7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf\
        rh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEf\
        rh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf\
        rh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdE
        America/Godthab=-12 America/Nuuk=-12|duy2dIijzAdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,Ad\
        EijzAdIjhkAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAd\
        EgoxAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAd\
        EgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAd\
        EgoxAdIqjxAdMjhkAdIgysAdMjhkAdIgysAdMjhkAdIgysAdMjrfAdIgoxAdMjrfAdIgoxAdMjrfAdIgysAdMjhkAdIgysAdMjhkAdIgysAd\
        MjrfAdIgoxAdMjrfAdIgoxAdMjrfAdIgoxAdMjrfAdIgysAdMjhkAdIgysAdMjhkAdIgysAdMjrfAdIgoxAdMjrfAdIgoxAdMjrfAdI
        America/Goose_Bay=-16|d,zRdIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco2dIi.nEdEhc\
        o2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgy\
        t2dIjhiEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkox1dEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfr\
        h2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfr\
        h2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfr\
        h2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdE
        America/Grand_Turk=-20|d,:EdIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco2dIi.nEdEh\
        co2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEg\
        yt2dIjhiEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf\
        rh2dIb6ydEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdE\
        f7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdE\
        frh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdE
        America/Guatemala=-24|ttrIdIhmgEdEhlcc2dIgyqEdE
        America/Guayaquil=-20|bovxMdIda:EdE
        America/Guyana=-12|bd,rQdA
        America/Havana=-20 Cuba=-20|d,7MdIitsEdEhwe2dIijzAdEhwdAdIijzAdEhwdAdIijzAdEhwdAdIijzAdEhwdAdIijzAdEh:,AdIh:\
        ,AdEh:,AdIijzAdEhmiAdIjhkAdEgysAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEhcnAdIi.pAdEhcnAdIi.pAdEgysAdIbjq.AdEf7bAdIk\
        e7AdEge8AdIj7aAdEf7bAdIke7AdEge8AdIke7AdEge8AdIkowAdEge8AdIjrfAdEfrgAdIkowAdEfrgAdIkowAdEfrgAdIkowAdEf7bAdIk\
        owAdEfrgAdIkowAdEfrgAdIkowAdEfrgAdIkowAdEfrgAdIkowAdEf7bAdIkowAdEfrgAdIkowAdEfrgAdIkowAdEfrgAdIkowAdEfrgAdIk\
        owAdEfrgAdIkowAdEf7bAdIkowAdEfrgAdIkowAdEfrgAdIkowAdEfrgAdIkowAdEfrgAdIkowAdEf7bAdIkowAdEfrgAdIkowAdEfrgAdIk\
        owAdEfrgAdIkowAdEfrgAdIkowAdEfrgAdIkowAdEf7bAdIkowAdEfrgAdIkowAdEfrgAdIkowAdE
        America/Hermosillo=-28|desa2dIi.nEdEhco2dIi.nEdEhco2dIi.nEdE
        America/Indiana/Knox=-24 America/Knox_IN=-24 US/Indiana-Starke=-24|d:bAdIjhiEdEhco2dIhzzcEdEf7c2dIkouEdEfrh2\
        dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2\
        dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2\
        dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2\
        dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdE
        America/Indiana/Petersburg=-20 America/Indiana/Vincennes=-20|iob6EdAf7c2dEp:6EdIkouEdEfrh2dIkouEdEf7c2dIkouE\
        dEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouE\
        dEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouE\
        dEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouE\
        dEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdE
        America/Indiana/Tell_City=-20|iob6EdAf7c2dEkouEdAfrh2dEkouEdAfrh2dEkouEdAf7c2dEkouEdAfrh2dEkouEdAfrh2dEkouEd\
        Afrh2dEkouEdAfrh2dEkouEdAfrh2dEkouEdAf7c2dEkouEdAfrh2dEkouEdAfrh2dEkouEdAfrh2dEkouEdAfrh2dEkouEdAf7c2dEkouEd\
        Afrh2dEkouEdAfrh2dEkouEdAfrh2dEkouEdAfrh2dEkouEdAfrh2dEkouEdAf7c2dEkouEdAfrh2dEkouEdAfrh2dEkouEdAfrh2dEkouEd\
        Afrh2dEkouEdAf7c2dEkouEdAfrh2dEkouEdAfrh2dEkouEdAfrh2dEkouEdAfrh2dEkouEdAfrh2dEkouEdAf7c2dEkouEdAfrh2dEkouEd\
        Afrh2dEkouEdA
        America/Indiana/Winamac=-20|iob6EdAf7c2dIkosIdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf\
        rh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEf\
        rh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf\
        rh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEf\
        rh2dIkouEdE
        America/Iqaluit=-20 America/Pangnirtung=-20|d,:EdIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2\
        dIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdAgyvYdEp:6EdIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiE\
        dEgyt2dIjhiEdEgyt2dIjhiEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouE\
        dEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouE\
        dEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouE\
        dEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouE\
        dE
        America/Kentucky/Monticello=-24|d:bAdIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco2\
        dIi.nEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIp:6EdMjhiEdIhco2dMi.nEdIhco2dMi.nEdIhco2dMjhiEdIgyt2dMjhiE\
        dIgyt2dMjhiEdIf7c2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIf7c2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIfrh2dMkouE\
        dIfrh2dMkouEdIf7c2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIf7c2dMkouEdIfrh2dMkouEdIfrh2dMkouE\
        dIfrh2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIf7c2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIf7c2dMkouE\
        dIfrh2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIf7c2dMkouEdIfrh2dMkouEdIfrh2dMkouEdI
        America/Lima=-20|jMdId,qEdEb8ia2dId,qEdE
        America/Los_Angeles=-32 America/Vancouver=-32 Canada/Pacific=-32 PST8PDT=-32 US/Pacific=-32|d:eYdIjhiEdEhco2\
        dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2\
        dIjhiEdEgyt2dIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEf7c2dIkouEdEfrh2dIkouEdEfrh2\
        dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2\
        dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2\
        dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2\
        dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdE
        America/Maceio=-8|bzyYdAc7bz2dEfhjEdAb6ol2dEgovEdAj7b2dEtuEdApwc2dEfreEdA
        America/Managua=-24|badeYdIlxfUdEeli2dIcagpEdEeeyk2dIhwbEdEjhpUdIgyoIdE
        America/Manaus=-16 Brazil/West=-16|b878QdIfreEdE
        America/Matamoros=-24|der:AdIi.nEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEij62dIgovEdEij62dIi.nEdEh\
        co2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco2dIi.nEdEhco2dIi.nEdEge.2dIkouEdEfrh2dIkouEdEf\
        rh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf\
        7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf\
        rh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEf\
        rh2dIkouEdEfrh2dIkouEdE
        America/Mazatlan=-28 Mexico/BajaSur=-28|desa2dIi.nEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEij62dIg\
        ovEdEij62dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIj\
        hiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco2dIi\
        .nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdE
        America/Merida=-24 America/Mexico_City=-24 America/Monterrey=-24 Mexico/General=-24|der:AdIi.nEdEhco2dIi.nEd\
        Ehco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEij62dIgovEdEij62dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEd\
        Egyt2dIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIi.nEd\
        Ehco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdE
        America/Metlakatla=-32|m,urYdAf7c2dEkouEdAfrh2dEkouEdAfrh2dEn6.EdAce,2dEkouEdAfrh2dEkouEdAf7c2dEkouEdAfrh2dE\
        kouEdAfrh2dEkouEdAfrh2dEkouEdAfrh2dEkouEdAfrh2dEkouEdAf7c2dEkouEdAfrh2dEkouEdAfrh2dEkouEdAfrh2dEkouEdAfrh2dE\
        kouEdAf7c2dEkouEdAfrh2dEkouEdAfrh2dEkouEdAfrh2dEkouEdAfrh2dEkouEdAfrh2dEkouEdAf7c2dEkouEdAfrh2dEkouEdAfrh2dE\
        kouEdA
        America/Miquelon=-12|d,7MdIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco2dIi.nEdEhco\
        2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt\
        2dIjhiEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh\
        2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh\
        2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh\
        2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdE
        America/Moncton=-16|d,.IdIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhclFdIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco2dIi.nEdEhco2\
        dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2\
        dIjhiEdEf7gTdIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2\
        dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2\
        dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2\
        dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdE
        America/Montevideo=-8|cnoYdAkox2dEf6:EdAkox2dEfreEdAke82dEf6:EdAfzp62dEij62dAitv2dEgyqEdAi.q2dEhclEdAjhl2dEg\
        yqEdAjhl2dEgyqEdAjhl2dEhclEdAi.q2dEhclEdAi.q2dEhclEdAjhl2dEgyqEdAjhl2dEgyqEdAjhl2dEgyqEdA
        America/Noronha=-4 Brazil/DeNoronha=-4|bzw2dAe6xo2dEgovEdAj7b2dEjzEdAp:.2dEfreEdA
        America/North_Dakota/Beulah=-28|d:c2dIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco2\
        dIi.nEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2\
        dIjhiEdEgyt2dIjhiEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIp:6EdMkouEdIfrh2dMkouEdIfrh2dMkouEdIfrh2dMkouE\
        dIfrh2dMkouEdIf7c2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIf7c2dMkouEdIfrh2dMkouEdIfrh2dMkouE\
        dIfrh2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIf7c2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIf7c2dMkouE\
        dIfrh2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIf7c2dMkouEdIfrh2dMkouEdIfrh2dMkouEdI
        America/North_Dakota/Center=-28|d:c2dIjhiEdEhco2dIi.nEdEhco2dIp:6EdMjhiEdIgyt2dMjhiEdIgyt2dMjhiEdIhco2dMi.nE\
        dIhco2dMi.nEdIhco2dMi.nEdIhco2dMjhiEdIgyt2dMjhiEdIgyt2dMjhiEdIhco2dMi.nEdIhco2dMi.nEdIhco2dMjhiEdIgyt2dMjhiE\
        dIgyt2dMjhiEdIf7c2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIf7c2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIfrh2dMkouE\
        dIfrh2dMkouEdIf7c2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIf7c2dMkouEdIfrh2dMkouEdIfrh2dMkouE\
        dIfrh2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIf7c2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIf7c2dMkouE\
        dIfrh2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIf7c2dMkouEdIfrh2dMkouEdIfrh2dMkouEdI
        America/North_Dakota/New_Salem=-28|d:c2dIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEh\
        co2dIi.nEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco2dIi.nEdEhco2dIp:6EdMjhiEdIgyt2dMj\
        hiEdIgyt2dMjhiEdIf7c2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIf7c2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIfrh2dMk\
        ouEdIfrh2dMkouEdIf7c2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIf7c2dMkouEdIfrh2dMkouEdIfrh2dMk\
        ouEdIfrh2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIf7c2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIf7c2dMk\
        ouEdIfrh2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIfrh2dMkouEdIf7c2dMkouEdIfrh2dMkouEdIfrh2dMkouEdI
        America/Ojinaga=-24|der:AdIi.nEdEhco2dIi.nEdEp:.2dAhco2dEjhiEdAgyt2dEjhiEdAij62dEgovEdAij62dEi.nEdAhco2dEi.n\
        EdAhco2dEjhiEdAgyt2dEjhiEdAgyt2dEjhiEdAgyt2dEjhiEdAhco2dEi.nEdAhco2dEi.nEdAge.2dEkouEdAfrh2dEkouEdAfrh2dEkou\
        EdAfrh2dEkouEdAfrh2dEkouEdAfrh2dEkouEdAf7c2dEkouEdAfrh2dEkouEdAfrh2dEkouEdAfrh2dEkouEdAfrh2dEkouEdAf7c2dEkou\
        EdAfrh2dEp:6EdIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh\
        2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh\
        2dIkouEdE
        America/Port-au-Prince=-20|d,.IdIjhkAdEhcnAdIi.pAdEhcnAdIi.pAdEhcnAdIjhkAdEgysAdIjhkAdEgysAdIjhkAdEhcnAdIi.p\
        AdEhcnAdIi.pAdEdxlkEdIjhiEdEgyt2dIjhiEdEcwenUdIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEv6,2dIkouEdEfrh2dIk\
        ouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIk\
        ouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIk\
        ouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdE
        America/Porto_Acre=-20 America/Rio_Branco=-20 Brazil/Acre=-20|jitcMdIcwlhEdE
        America/Punta_Arenas=-12 Antarctica/Palmer=-12|dbgUdAij62dEhwbEdAjrg2dEgyqEdAjhl2dEgyqEdAjhl2dEgyqEdAjhl2dEg\
        yqEdAjrg2dEgovEdAjrg2dEhmgEdAitv2dEgyqEdAitv2dEijxEdAij62dEgyqEdAjrg2dEgovEdAjrg2dEgovEdAjrg2dEgovEdAjrg2dEg\
        yqEdAjhl2dEgyqEdAjhl2dEgyqEdAjrg2dEgovEdAjrg2dEhmgEdAitv2dEgyqEdAjhl2dEhwbEdAij62dEjhiEdAetw2dElckEdAfrh2dEk\
        ouEdAf7c2dEkezEdAf7c2dE7cgEdAeaa2dE
        America/Rainy_River=-24 America/Winnipeg=-24 Canada/Central=-24|d:bAdIjhkAdEhcnAdIi.pAdEhcnAdIi.pAdEhcnAdIjh\
        kAdEgysAdIjhkAdEgysAdIjhkAdEhcnAdIi.pAdEhcnAdIi.pAdEhcnAdIi.pAdEhcnAdIjhkAdEgysAdIjhkAdEgysAdIjhkAdEhcnAdIi.\
        pAdEhcnAdIi.pAdEhcnAdIjhkAdEgysAdIjhkAdEgysAdIjhiEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIko\
        uEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIko\
        uEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIko\
        uEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIko\
        uEdEfrh2dIkouEdEfrh2dIkouEdE
        America/Rankin_Inlet=-24|d:bAdIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco2dIi.nEd\
        Ehco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIzheEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEd\
        Ef7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEd\
        Ef7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEd\
        Efrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEd\
        Efrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdE
        America/Recife=-8|bzyYdAe6xo2dEgovEdAj7b2dEjzEdAp:.2dEfreEdA
        America/Resolute=-24|d:bAdIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco2dIi.nEdEhco\
        2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIzheEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIzq:EdEfrh\
        2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh\
        2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh\
        2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh\
        2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdE
        America/Santarem=-16|jitaQdI
        America/Santiago=-12 Chile/Continental=-12 Chile/EasterIsland=-20 Pacific/Easter=-20|dbgUdAij62dEhwbEdAjrg2d\
        EgyqEdAjhl2dEgyqEdAjhl2dEgyqEdAjhl2dEgyqEdAjrg2dEgovEdAjrg2dEhmgEdAitv2dEgyqEdAitv2dEijxEdAij62dEgyqEdAjrg2d\
        EgovEdAjrg2dEgovEdAjrg2dEgovEdAjrg2dEgyqEdAjhl2dEgyqEdAjhl2dEgyqEdAjrg2dEgovEdAjrg2dEhmgEdAitv2dEgyqEdAjhl2d\
        EhwbEdAij62dEjhiEdAetw2dElckEdAfrh2dEkouEdAf7c2dEkezEdAf7c2dE7cgEdAeaa2dEl:7EdAeaa2dEl:7EdAeaa2dEkouEdAgyt2d\
        EjhiEdAgyt2dEjhiEdAgyt2dEjhiEdAhco2dEi.nEdAgyt2dEjrdEdAgyt2dEjhiEdAgyt2dEjhiEdAgyt2dEjhiEdAgyt2dEjhiEdAgyt2d\
        EjrdEdAgoy2dEjrdEdAgyt2dEjhiEdAgyt2dEjhiEdAgyt2dEjhiEdAgyt2dEjhiEdAgyt2dEjrdEdAgoy2dEjrdEdAgyt2dEjhiEdAgyt2d\
        EjhiEdAgyt2dEjhiEdAgyt2dEjrdEdAgoy2dE
        America/Santo_Domingo=-16|fnyvIdAbrhAdE
        America/Sao_Paulo=-8 Brazil/East=-8|bzyYdAlcn2dEfhjEdAkys2dEe.oEdAlmi2dEejyEdAlmi2dEfreEdAkox2dEfreEdAkox2dE\
        fhjEdAkox2dEf6:EdAkgj2dEgniEdAj7b2dEf6:EdAj7b2dEgovEdAj7b2dEf6:EdAkox2dEfreEdAlmi2dEettEdAkys2dEfhjEdAlpc2dE\
        e6uEdAkox2dEfreEdAlmi2dEe.oEdAke82dEfreEdAkys2dEfhjEdAkys2dEfreEdAkox2dEfreEdAkox2dEf6:EdAkox2dEfhjEdAkys2dE\
        fhjEdAkys2dEfreEdAkox2dEfreEdAkox2dEfreEdAkox2dEfreEdAlmi2dEettEdA
        America/Scoresbysund=-4|duy2dIijzAdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEijzAdIjhkAdE\
        gysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdE\
        goxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdE\
        gysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdE\
        p:8AdAgysAdEjhkAdAgysAdEjhkAdAgysAdEjrfAdAgoxAdEjrfAdAgoxAdEjrfAdAgysAdEjhkAdAgysAdEjhkAdAgysAdEjrfAdAgoxAdE\
        jrfAdAgoxAdEjrfAdAgoxAdEjrfAdAgysAdEjhkAdAgysAdEjhkAdAgysAdEjrfAdAgoxAdEjrfAdAgoxAdEjrfAdA
        America/St_Johns=-14 Canada/Newfoundland=-14|d,yTdIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt\
        2dIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco\
        2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkox1dEfrh2dIkouEdEfrh\
        2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh\
        2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh\
        2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh\
        2dIkouEdE
        America/Tegucigalpa=-24|iglvIdIebkEdE
        America/Thule=-16|t,zIdIh:8EdEh::2dIh:8EdEij62dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dI\
        i.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEhco2dIi.nEdEhco2dIi.nEdEhco2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEf7c2dI\
        kouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dI\
        kouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dI\
        kouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dI\
        kouEdEfrh2dIkouEdEfrh2dIkouEdEfrh2dIkouEdEf7c2dIkouEdEfrh2dIkouEdEfrh2dIkouEdE
        """
}
