/// Offsets of the time zones of the world, 1990 to 2040: made by make_zone_table.py from the IANA Time Zone Database,
/// which is in the public domain. The script says how to read it.
enum ZoneTable {
    /// `NAME=MINUTES …|SCHEDULE`, a line each: zones with their offsets at the start of 1990, and when they change.
    static let text: StaticString = """
        Africa/Abidjan=0 Africa/Accra=0 Africa/Addis_Ababa=180 Africa/Algiers=60 Africa/Asmara=180 Africa/Asmera=180\
         Africa/Bamako=0 Africa/Bangui=60 Africa/Banjul=0 Africa/Bissau=0 Africa/Blantyre=120 Africa/Brazzaville=60\
         Africa/Bujumbura=120 Africa/Conakry=0 Africa/Dakar=0 Africa/Dar_es_Salaam=180 Africa/Djibouti=180 Africa/Dou\
        ala=60 Africa/Freetown=0 Africa/Gaborone=120 Africa/Harare=120 Africa/Johannesburg=120 Africa/Kampala=180 Af\
        rica/Kigali=120 Africa/Kinshasa=60 Africa/Lagos=60 Africa/Libreville=60 Africa/Lome=0 Africa/Luanda=60 Afric\
        a/Lubumbashi=120 Africa/Lusaka=120 Africa/Malabo=60 Africa/Maputo=120 Africa/Maseru=120 Africa/Mbabane=120 A\
        frica/Mogadishu=180 Africa/Monrovia=0 Africa/Nairobi=180 Africa/Ndjamena=60 Africa/Niamey=60 Africa/Nouakcho\
        tt=0 Africa/Ouagadougou=0 Africa/Porto-Novo=60 Africa/Timbuktu=0 America/Anguilla=-240 America/Antigua=-240\
         America/Aruba=-240 America/Atikokan=-300 America/Barbados=-240 America/Belem=-180 America/Belize=-360 Americ\
        a/Blanc-Sablon=-240 America/Cayenne=-180 America/Cayman=-300 America/Coral_Harbour=-300 America/Creston=-420\
         America/Curacao=-240 America/Dawson_Creek=-420 America/Dominica=-240 America/El_Salvador=-360 America/Grena\
        da=-240 America/Guadeloupe=-240 America/Jamaica=-300 America/Kralendijk=-240 America/La_Paz=-240 America/Low\
        er_Princes=-240 America/Marigot=-240 America/Martinique=-240 America/Montserrat=-240 America/Panama=-300 Ame\
        rica/Paramaribo=-180 America/Phoenix=-420 America/Port_of_Spain=-240 America/Porto_Velho=-240 America/Puerto\
        _Rico=-240 America/Regina=-360 America/St_Barthelemy=-240 America/St_Kitts=-240 America/St_Lucia=-240 Americ\
        a/St_Thomas=-240 America/St_Vincent=-240 America/Swift_Current=-360 America/Tortola=-240 America/Virgin=-240\
         Antarctica/DumontDUrville=600 Antarctica/Rothera=-180 Antarctica/Syowa=180 Asia/Aden=180 Asia/Bahrain=180 A\
        sia/Bangkok=420 Asia/Brunei=480 Asia/Calcutta=330 Asia/Dubai=240 Asia/Ho_Chi_Minh=420 Asia/Hong_Kong=480 Asi\
        a/Jakarta=420 Asia/Jayapura=540 Asia/Kabul=270 Asia/Kashgar=360 Asia/Kathmandu=345 Asia/Katmandu=345 Asia/Ko\
        lkata=330 Asia/Kuala_Lumpur=480 Asia/Kuching=480 Asia/Kuwait=180 Asia/Macao=480 Asia/Macau=480 Asia/Makassar\
        =480 Asia/Muscat=240 Asia/Phnom_Penh=420 Asia/Pontianak=420 Asia/Qatar=180 Asia/Rangoon=390 Asia/Riyadh=180\
         Asia/Saigon=420 Asia/Seoul=540 Asia/Singapore=480 Asia/Taipei=480 Asia/Thimbu=360 Asia/Thimphu=360 Asia/Toky\
        o=540 Asia/Ujung_Pandang=480 Asia/Urumqi=360 Asia/Vientiane=420 Asia/Yangon=390 Atlantic/Cape_Verde=-60 Atla\
        ntic/Reykjavik=0 Atlantic/South_Georgia=-120 Atlantic/St_Helena=0 Australia/Darwin=570 Australia/North=570 C\
        anada/Saskatchewan=-360 EST=-300 Etc/GMT=0 Etc/GMT+0=0 Etc/GMT+1=-60 Etc/GMT+10=-600 Etc/GMT+11=-660 Etc/GMT\
        +12=-720 Etc/GMT+2=-120 Etc/GMT+3=-180 Etc/GMT+4=-240 Etc/GMT+5=-300 Etc/GMT+6=-360 Etc/GMT+7=-420 Etc/GMT+8\
        =-480 Etc/GMT+9=-540 Etc/GMT-0=0 Etc/GMT-1=60 Etc/GMT-10=600 Etc/GMT-11=660 Etc/GMT-12=720 Etc/GMT-13=780 Et\
        c/GMT-14=840 Etc/GMT-2=120 Etc/GMT-3=180 Etc/GMT-4=240 Etc/GMT-5=300 Etc/GMT-6=360 Etc/GMT-7=420 Etc/GMT-8=4\
        80 Etc/GMT-9=540 Etc/GMT0=0 Etc/Greenwich=0 Etc/UCT=0 Etc/UTC=0 Etc/Universal=0 Etc/Zulu=0 GMT=0 GMT+0=0 GMT\
        -0=0 GMT0=0 Greenwich=0 HST=-600 Hongkong=480 Iceland=0 Indian/Antananarivo=180 Indian/Christmas=420 Indian/\
        Cocos=390 Indian/Comoro=180 Indian/Kerguelen=300 Indian/Mahe=240 Indian/Maldives=300 Indian/Mayotte=180 Indi\
        an/Reunion=240 Jamaica=-300 Japan=540 MST=-420 Pacific/Chuuk=600 Pacific/Funafuti=720 Pacific/Gambier=-540 P\
        acific/Guadalcanal=660 Pacific/Guam=600 Pacific/Honolulu=-600 Pacific/Johnston=-600 Pacific/Majuro=720 Pacif\
        ic/Marquesas=-570 Pacific/Midway=-660 Pacific/Nauru=720 Pacific/Niue=-660 Pacific/Pago_Pago=-660 Pacific/Pal\
        au=540 Pacific/Pohnpei=660 Pacific/Ponape=660 Pacific/Port_Moresby=600 Pacific/Saipan=600 Pacific/Samoa=-660\
         Pacific/Tahiti=-600 Pacific/Tarawa=720 Pacific/Truk=600 Pacific/Wake=720 Pacific/Wallis=720 Pacific/Yap=600\
         ROC=480 ROK=540 Singapore=480 UCT=0 US/Arizona=-420 US/Hawaii=-600 US/Samoa=-660 UTC=0 Universal=0 Zulu=0|
        Africa/Cairo=120 Egypt=120|fiwEdIgxg2dEjkcEdIgxg2dEjlpEdIgxg2dEjkcEdIgxg2dEjkcEdIgxg2dEjfzIdIgyqEdEjhl2dIgyq\
        EdEjhl2dIgyqEdEjhl2dIgyqEdEjrg2dIgyqEdEjhl2dIgyqEdEjhl2dIgyqEdEjhl2dIgyqEdEjhl2dIgyqEdEjrg2dIgyqEdEjhl2dIgyq\
        EdEjhl2dIgovEdEjrg2dIf6:EdEke82dIfreEdEkox2dIfhjEdElcn2dIeqzEdEbkh2dI.pEdEb6eq2dIb7aEdEbri2dIcowEdEej6b2dIh:\
        8EdEh::2dIijxEdEhwe2dIijxEdEhwe2dIijxEdEh::2dIh:8EdEh::2dIh:8EdEh::2dIh:8EdEh::2dIijxEdEhwe2dIijxEdEh::2dIh:\
        8EdEh::2dIh:8EdEh::2dIh:8EdEh::2dIh:8EdEh::2dIijxEdEhwe2dIijxEdEh::2dIh:8EdEh::2dIh:8EdEh::2dIh:8EdE
        Africa/Casablanca=0 Africa/El_Aaiun=0|jhsoAdIebkEdEl:,2dIdr7EdElfh2dIejyEdEkox2dIfhjEdEmacUdIdtkAdEbltAdIbzv\
        AdEjhkAdIdcoAdEbp6AdIdnwAdEgysAdId,sAdEbrhAdIdxrAdEgysAdIdmjAdEbrhAdIej6AdEgysAdIdcoAdEbrhAdIe.qAdEgoxAdIcoy\
        AdEb7cAdIfhlAdEgoxAdIce.AdEbrhAdIoe6AdEbrhAdIn6:AdEb7cAdIn6:AdEbrhAdIn6:AdEb7cAdIn6:AdEbrhAdIoe6AdEbrhAdIn6:\
        AdEb7cAdIn6:AdEbrhAdIoe6AdEbrhAdIn6:AdEb7cAdIn6:AdEbrhAdIn6:AdEb7cAdIn6:AdEbrhAdIoe6AdEbrhAdIn6:AdEb7cAdIn6:\
        AdEbrhAdIn6:AdEb7cAdIn6:AdEb7cAdIn6:AdEbrhAdIn6:AdEb7cAdIn6:AdEbrhAdIoe6AdEbrhAdIn6:AdEb7cAdI
        Africa/Ceuta=60 Arctic/Longyearbyen=60 Atlantic/Canary=0 Atlantic/Faeroe=0 Atlantic/Faroe=0 Atlantic/Jan_May\
        en=60 Atlantic/Madeira=0 CET=60 EET=120 Europe/Amsterdam=60 Europe/Andorra=60 Europe/Athens=120 Europe/Belgr\
        ade=60 Europe/Berlin=60 Europe/Bratislava=60 Europe/Brussels=60 Europe/Budapest=60 Europe/Busingen=60 Europe\
        /Copenhagen=60 Europe/Gibraltar=60 Europe/Helsinki=120 Europe/Ljubljana=60 Europe/Luxembourg=60 Europe/Madri\
        d=60 Europe/Malta=60 Europe/Mariehamn=120 Europe/Monaco=60 Europe/Oslo=60 Europe/Paris=60 Europe/Podgorica=6\
        0 Europe/Prague=60 Europe/Rome=60 Europe/San_Marino=60 Europe/Sarajevo=60 Europe/Skopje=60 Europe/Stockholm=\
        60 Europe/Tirane=60 Europe/Vaduz=60 Europe/Vatican=60 Europe/Vienna=60 Europe/Warsaw=60 Europe/Zagreb=60 Eur\
        ope/Zurich=60 MET=60 Poland=60 WET=0|duy2dIijzAdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,Ad\
        EijzAdIjhkAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAd\
        EgoxAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAd\
        EgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAd\
        EgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAd\
        EgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAd\
        E
        Africa/Juba=120|fbd8YdIkr6pUdE
        Africa/Khartoum=120|fbd8YdIi.t7UdE
        Africa/Sao_Tome=0|obny2dIqbjAdE
        Africa/Tripoli=60 Libya=60|fm.EdIdg7:EdEift2dIh6oi2dEgdpAdI
        Africa/Tunis=60|fiwEdIgvyAdEhkddAdIgvz2dEhy,2dIjrfAdEgoxAdIjrfAdEgysAdIjhkAdE
        Africa/Windhoek=120|cdvqIdAhlaUdEjhiEdAgyt2dEjrdEdAgoy2dEjrdEdAgyt2dEjhiEdAgyt2dEjhiEdAgyt2dEjhiEdAgyt2dEjhi\
        EdAgyt2dEjrdEdAgoy2dEjrdEdAgyt2dEjhiEdAgyt2dEjhiEdAgyt2dEjhiEdAgyt2dEjhiEdAgyt2dEjrdEdAgyt2dEjhiEdAgyt2dEjhi\
        EdAgyt2dEjhiEdAgyt2dEjhiEdAgyt2dEjrdEdAgoy2dEjrdEdAgyt2dEjhiEdAgyt2dEjhiEdAgyt2dEjhiEdAgyt2dE
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
        Antarctica/Casey=480|j.w6YdQgb8MdE6oxUdQfepEdEck8gEdQwgg2dEjhpUdQhcfQdEi66UdQg7gMdEjhkBdQhchLdEi.uVdQhchLdEi\
        .uVdQg,f5dE
        Antarctica/Davis=420|j.w8Uc2gkr2dE6gcEc2fes2dE
        Antarctica/Macquarie=660|dknAdAj7aAdEgysAdAijzAdEhwdAdAijzAdEhwdAdAijzAdEhwdAdAijzAdEhwdAdAijzAdEh:,AdAijzAd\
        EhwdAdAijzAdEhwdAdAijzAdEhwdAdAijzAdEhwdAdAgysAdEjhkAdAituAdEhwdAdAijzAdEhwdAdAijzAdEhwdAdAijzAdEhwdAdAijzAd\
        Eh:,AdAh:,AdEhwdAdAituAdEh:,AdAh:,AdEh:,AdAh:,AdEx:6AdAh:,AdEh:,AdAijzAdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,Ad\
        Eh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAijzAdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEijzAdAh:,Ad\
        Eh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAijzAdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,Ad\
        Eh:,AdAh:,AdEh:,AdAijzAdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAijzAdE
        Antarctica/Mawson=360|j.w,QdA
        Antarctica/McMurdo=780 Antarctica/South_Pole=780 NZ=780 NZ-CHAT=825 Pacific/Auckland=780 Pacific/Chatham=825\
        |dkjIdAi.pAdEhcnAdAi.pAdEhcnAdAi.pAdEhmiAdAituAdEhmiAdAituAdEhmiAdAituAdEhmiAdAi.pAdEhcnAdAi.pAdEhcnAdAi.pAd\
        EhmiAdAituAdEhmiAdAituAdEhmiAdAi.pAdEhcnAdAi.pAdEhcnAdAi.pAdEhmiAdAituAdEhmiAdAituAdEhmiAdAituAdEhmiAdAituAd\
        EijzAdAhwdAdEijzAdAhwdAdEijzAdAhwdAdEijzAdAhwdAdEijzAdAh:,AdEijzAdAhwdAdEijzAdAhwdAdEijzAdAhwdAdEijzAdAhwdAd\
        EijzAdAhwdAdEijzAdAh:,AdEijzAdAhwdAdEijzAdAhwdAdEijzAdAhwdAdEijzAdAhwdAdEijzAdAhwdAdEituAdAhwdAdEijzAdAhwdAd\
        EijzAdAhwdAdEijzAdAhwdAdEijzAdAhwdAdEijzAdAh:,AdEijzAdAhwdAdEijzAdAhwdAdEijzAdAhwdAdEijzAdAhwdAdEijzAdAhwdAd\
        EijzAdAh:,AdEijzAdAhwdAdEijzAdAhwdAdEijzAdAhwdAdEijzAdAhwdAdEijzAdAh:,AdE
        Antarctica/Troll=0|huqn2dMjrfAdEgoxAdMjrfAdEgoxAdMjrfAdEgysAdMjhkAdEgysAdMjhkAdEgysAdMjrfAdEgoxAdMjrfAdEgoxA\
        dMjrfAdEgysAdMjhkAdEgysAdMjhkAdEgysAdMjhkAdEgysAdMjrfAdEgoxAdMjrfAdEgoxAdMjrfAdEgysAdMjhkAdEgysAdMjhkAdEgysA\
        dMjrfAdEgoxAdMjrfAdEgoxAdMjrfAdEgysAdMjhkAdEgysAdMjhkAdEgysAdMjhkAdEgysAdMjrfAdEgoxAdMjrfAdEgoxAdMjrfAdEgysA\
        dMjhkAdEgysAdMjhkAdEgysAdMjrfAdEgoxAdMjrfAdEgoxAdMjrfAdEgoxAdMjrfAdEgysAdMjhkAdEgysAdMjhkAdEgysAdMjrfAdEgoxA\
        dMjrfAdEgoxAdMjrfAdE
        Antarctica/Vostok=420|cbrw2cImakEdEotqzUc2
        Asia/Almaty=360|dupQdIijzAdEp:.2dAe.qAdEdcmEdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEijzAdIjhkAdEgysAdIjh\
        kAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEjwjnIdA
        Asia/Amman=120|fdaIdIhclEdEiq72dIhffEdEitv2dIhwbEdEh::2dIh:8EdEh::2dIhmgEdEi.q2dIhcnAdEi.pAdIhmiAdEituAdIhmi\
        AdEituAdIhmiAdEmsgAdIdxrAdEiimAdIiblAdEh,rAdIiblAdEh:,AdIh:,AdEh:,AdIjhkAdEgysAdIi.pAdEhmiAdIh:,AdEh:,AdIjhk\
        AdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdI7v8EdEej72dIjrfAdEgoxAdIjrfAdEgysAdIjhk\
        AdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEfhlAdI
        Asia/Anadyr=720 Asia/Kamchatka=720|dueIdIijzAdEp:.2dAe.qAdEdcmEdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEi\
        jzAdIjhkAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEg\
        oxAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEqjy2dAgoxAdE
        Asia/Aqtau=300|durMdIijzAdEp:.2dAe.qAdEdcmEdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdAh::2dEh:,AdAijzAdEjhkAdAgysAdEjhk\
        AdAgysAdEjhkAdAgysAdEjrfAdAgoxAdEjrfAdAgoxAdEjrfAdAgysAdEjhkAdAgysAdEjhkAdAgysAdE
        Asia/Aqtobe=300|durMdIijzAdEp:.2dAe.qAdEdcmEdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEijzAdIjhkAdEgysAdIjh\
        kAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdE
        Asia/Ashgabat=300 Asia/Ashkhabad=300|durMdIijzAdEp:.2dAe.qAdE
        Asia/Atyrau=300|durMdIijzAdEp:.2dAe.qAdEdcmEdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEijzAdIjhkAdEgysAdIjh\
        kAdEgysAdIjhkAdEqjy2dAgoxAdEjrfAdAgoxAdEjrfAdAgysAdEjhkAdAgysAdEjhkAdAgysAdE
        Asia/Baghdad=180|dutIdIijzAdEiboYdIiblAdEiblAdIiblAdEh:,AdIiblAdEh:,AdIiblAdEh:,AdIiblAdEiblAdIiblAdEh:,AdIi\
        blAdEh:,AdIiblAdEh:,AdIiblAdEiblAdIiblAdEh:,AdIiblAdEh:,AdIiblAdEh:,AdIiblAdEiblAdIiblAdEh:,AdIiblAdEh:,AdIi\
        blAdEh:,AdIiblAdE
        Asia/Baku=240|dutIdIijzAdEp:.2dAh:,AdEcajoYdIjhkAdEgyqEdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrf\
        AdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrf\
        AdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjhkAdE
        Asia/Barnaul=420|dunUdIijzAdEp:.2dAe.qAdEdcmEdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIcynMdEfhsQdAijzAdEjhkAdAg\
        ysAdEjhkAdAgysAdEjhkAdAgysAdEjrfAdAgoxAdEjrfAdAgoxAdEjrfAdAgysAdEjhkAdAgysAdEjhkAdAgysAdEjrfAdAgoxAdEjrfAdAg\
        oxAdEjrfAdAgoxAdEjrfAdAgysAdEjhkAdAgysAdEjhkAdAgysAdEjrfAdAgoxAdEbzqxEdAwyp2dE
        Asia/Beirut=120|fiuIdIhmgEdEivc2dIhmgEdEiwp2dIg7kEdEhwe2dIh:8EdEh::2dIh:8EdEh::2dIh:8EdEij62dIh:8EdEh::2dIh:\
        8EdEh::2dIh:8EdEh::2dIjrdEdEgoy2dIjrdEdEgoy2dIjrdEdEgyt2dIjhiEdEgyt2dIjhiEdEgyt2dIjrdEdEgoy2dIjrdEdEgoy2dIjr\
        dEdEgoy2dIjrdEdEgyt2dIjhiEdEgyt2dIjhiEdEgyt2dIjrdEdEgoy2dIjrdEdEgoy2dIjrdEdEgyt2dIjhiEdEgyt2dIjhiEdEgyt2dIjh\
        iEdEgyt2dIjrdEdEgoy2dIjrdEdEgoy2dIjrdEdEgyt2dIjhiEdEgyt2dIjhiEdEgyt2dIjrdEdEgoy2dIjrdEdEgoy2dIjrdEdEgyt2dIjh\
        iEdEgyt2dIjhiEdEgyt2dIjhiEdEgyt2dIjrdEdEgoy2dIjrdEdEgoy2dIjrdEdEgyt2dIjhiEdEgyt2dIjhiEdEgyt2dIjrdEdEgoy2dIjr\
        dEdEgoy2dIjrdEdEgoy2dIjrdEdEgyt2dIjhiEdEgyt2dIjhiEdEgyt2dIjrdEdEgoy2dIjrdEdEgoy2dIjrdEdE
        Asia/Bishkek=360|dupQdIijzAdEoxdAdAj8lEdEhmgEdAitv2dEhmgEdAitv2dEhmgEdAitv2dEhmgEdAitv2dEhwbEdAiaeSdEjhiEdAg\
        yt2dEjhiEdAgyt2dEjrdEdAgoy2dEjrdEdAgoy2dEjrdEdAgyt2dEjhiEdAgyt2dEjhiEdAgyt2dEjrdEdAgoy2dE
        Asia/Chita=540|duj2dIijzAdEp:.2dAe.qAdEdcmEdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEijzAdIjhkAdEgysAdIjhk\
        AdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrf\
        AdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIbzqxEdAwyrYdE
        Asia/Choibalsan=480 Asia/Ulaanbaatar=480 Asia/Ulan_Bator=480|duiAdIijxEdEh::2dIh:8EdEh::2dIh:8EdEh::2dIh:8Ed\
        Eh::2dIh:8EdEh::2dIh:8EdEij62dIh:8EdEh::2dIh:8EdEh::2dIh:8EdEbjpvUdIgyqEdEh::2dIh:8EdEh::2dIh:8EdEh::2dIh:8E\
        dEh::2dIh:8EdEh::2dIijxEdEeii62dIh:yMdEiadUdIh:yMdE
        Asia/Chongqing=480 Asia/Chungking=480 Asia/Harbin=480 Asia/Shanghai=480 PRC=480|er8YdIgyqEdEjhl2dIgyqEdE
        Asia/Colombo=330|dguvWdIgyrCdGex,64dE
        Asia/Dacca=360 Asia/Dhaka=360|jyoa2dIishAdE
        Asia/Damascus=120|d,sAdIh:8EdEibjEdIibjEdEilh2dIhxoEdEhxr2dIibjEdEiin2dIibjEdEh::2dIibjEdEibm2dIibjEdEh,s2dI\
        icwEdEh.f2dIiedEdEh::2dIibjEdEibm2dIibjEdEh::2dIibjEdEh::2dIibjEdEh::2dIibjEdEibm2dIibjEdEh::2dIibjEdEh::2dI\
        huuEdEij62dIjrdEdEgyt2dIjivEdEgnl2dIjrdEdEgyt2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEgyt2dIjrdEdEgoy2dI\
        jrdEdEgoy2dIjrdEdEgyt2dIjhiEdEgyt2dIjhiEdEgyt2dIjhiEdEgyt2dIjrdEdEgoy2dIjrdEdEgoy2dI
        Asia/Dili=480|fl8zAdI
        Asia/Dushanbe=360|dupQdIijzAdEpdz2dA
        Asia/Famagusta=120|dutIdIijxEdEh::2dIh:8EdEh::2dIh:8EdEh::2dIh:8EdEh::2dIh:8EdEh::2dIh:8EdEij62dIh:8EdEh::2d\
        Ih:8EdEh::2dIjhpUdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAd\
        IjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAd\
        IjhkAdEgysAdIzrbAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAd\
        IjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAd\
        IjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdE
        Asia/Gaza=120|dutIdIgyqEdEjhl2dIhclEdEjhl2dIhclEdEjer2dIg7kEdEjer2dIgrpEdEjom2dIg7kEdEjom2dIhmiAdEituAdIhmiA\
        dEituAdIhmiAdEjhkAdIh:8EdEij62dIh:8EdEh::2dIh:8EdEh::2dIh:8EdEh::2dIh:8EdEh::2dIhmiAdEituAdIhr.2dEh7vEdIhuuE\
        dEimu2dIhic2dEiu:EdIgyqEdEjhl2dIhcnAdEi,8BdIgatDdEkhw3dIflqDdEkul2dIhwdAdEijzAdIh:8EdEh::2dIjhiEdEg6a2dIjf.A\
        dEg6a2dIjrdEdEgoy2dIjrdEdEgoy2dIjrdEdEgxfAdIjivEdEgyt2dIjhkAdEgysAdIjpyAdEgrrAdIjpz2dEh::2dIh:8EdEhwe2dIijxE\
        dEhmj2dIitsEdEgyt2dIjhiEdEgyt2dIjrdEdEgoy2dIjrdEdEgoy2dIjrdEdEgyt2dIjhiEdEgyt2dIjhiEdEgyt2dIjrdEdEgoy2dIjrdE\
        dEgoy2dIjrdEdEgoy2dIjrdEdEgyt2dIi.nEdEhco2dIitsEdEhmj2dIh:8EdEh::2dIhwbEdEij62dIhclEdEce,2dIjzEdE
        Asia/Hebron=120|dutIdIgyqEdEjhl2dIhclEdEjhl2dIhclEdEjer2dIg7kEdEjer2dIgrpEdEjom2dIg7kEdEjom2dIhmiAdEituAdIhm\
        iAdEituAdIhmiAdEjhkAdIh:8EdEij62dIh:8EdEh::2dIh:8EdEh::2dIh:8EdEh::2dIh:8EdEh::2dIhmiAdEituAdIhr.2dEh7vEdIhu\
        uEdEimu2dIhic2dEiu:EdIg8xEdEjde2dIhcnAdEi.pAdIgcaEdEkhw3dIflqDdEbi62dIblrEdEh::2dIhwdAdEijzAdIh:8EdEh::2dIjh\
        iEdEg6a2dIjf.AdEg6a2dIjrdEdEgoy2dIjrdEdEgoy2dIjrdEdEgxfAdIjivEdEgyt2dIjhkAdEgysAdIjpyAdEgrrAdIjpz2dEh::2dIh:\
        8EdEhwe2dIijxEdEhmj2dIitsEdEgyt2dIjhiEdEgyt2dIjrdEdEgoy2dIjrdEdEgoy2dIjrdEdEgyt2dIjhiEdEgyt2dIjhiEdEgyt2dIjr\
        dEdEgoy2dIjrdEdEgoy2dIjrdEdEgoy2dIjrdEdEgyt2dIi.nEdEhco2dIitsEdEhmj2dIh:8EdEh::2dIhwbEdEij62dIhclEdEce,2dIjz\
        EdE
        Asia/Hovd=420|duj2dIijxEdEh::2dIh:8EdEh::2dIh:8EdEh::2dIh:8EdEh::2dIh:8EdEh::2dIh:8EdEij62dIh:8EdEh::2dIh:8E\
        dEh::2dIh:8EdEbjpvUdIgyqEdEh::2dIh:8EdEh::2dIh:8EdEh::2dIh:8EdEh::2dIh:8EdEh::2dIijxEdEeii62dIh:yMdEiadUdIh:\
        yMdE
        Asia/Irkutsk=480|dulYdIijzAdEp:.2dAe.qAdEdcmEdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEijzAdIjhkAdEgysAdIj\
        hkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIj\
        rfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIbzqxEdE
        Asia/Istanbul=120 Europe/Istanbul=120 Turkey=120|duvEdIijzAdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEhwdAdIijzAd\
        Eh:,AdIh:,AdEijzAdIjhkAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAd\
        EgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgo6YdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgqeAdIjpyAdEgoxAdIjrfAd\
        EgysAdIjhkAdEgz:AdIjf.AdEgysAdIj7aAdEge8AdI
        Asia/Jerusalem=120 Asia/Tel_Aviv=120 Israel=120|dutIdIgyqEdEjhl2dIhclEdEjhl2dIhclEdEjer2dIg7kEdEjer2dIgrpEdE\
        jom2dIg7kEdEiq72dIiedEdEift2dIhy7EdEiha2dIhpaEdEjevUdIgyqEdEj7b2dIhv:IdEieg2dIhmgEdEift2dIin,EdEhr.2dIijxEdE\
        iha2dIhmgEdEimwYdIimrEdEhtk2dIicwEdEh.f2dIhpaEdEiq72dIimrEdEhtk2dIicwEdEh.f2dIhpaEdEi6w2dIicwEdEh.f2dIhy7EdE\
        iha2dIjkcEdEgvz2dIjkcEdEgvz2dIjkcEdEgvz2dIjt.EdEgl,2dIjt.EdEgl,2dIjt.EdEgvz2dIjkcEdEgvz2dIjkcEdEgvz2dIjt.EdE\
        gl,2dIjt.EdEgl,2dIjt.EdEgvz2dIjkcEdEgvz2dIjkcEdEgvz2dIjkcEdEgvz2dIjt.EdEgl,2dIjt.EdEgl,2dIjt.EdEgvz2dIjkcEdE\
        gvz2dIjkcEdEgvz2dIjt.EdEgl,2dIjt.EdEgl,2dIjt.EdEgl,2dIjt.EdEgvz2dIjkcEdEgvz2dIjkcEdEgvz2dIjt.EdEgl,2dIjt.EdE\
        gl,2dIjt.EdE
        Asia/Karachi=300|ge6jUdIh:8EdEc6x,2dIgxdEdEhic2dIizgEdE
        Asia/Khandyga=540|duj2dIijzAdEp:.2dAe.qAdEdcmEdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEijzAdIjhkAdEgysAdI\
        jhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEc,dIdId6m2dMjrfAdIgoxAdMjrfAdI\
        goxAdMjrfAdIgoxAdMjrfAdIgysAdMjhkAdIgysAdMjhkAdIgysAdMjrfAdIgoxAdMho8MdIbsb8UdE
        Asia/Krasnoyarsk=420|dunUdIijzAdEp:.2dAe.qAdEdcmEdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEijzAdIjhkAdEgys\
        AdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgox\
        AdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIbzqxEdE
        Asia/Magadan=660|dugEdIijzAdEp:.2dAe.qAdEdcmEdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEijzAdIjhkAdEgysAdIj\
        hkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIj\
        rfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIbzqxEdAx:.YdE
        Asia/Manila=480|genAdIda:EdE
        Asia/Nicosia=120 Europe/Nicosia=120|dutIdIijxEdEh::2dIh:8EdEh::2dIh:8EdEh::2dIh:8EdEh::2dIh:8EdEh::2dIh:8EdE\
        ij62dIh:8EdEh::2dIh:8EdEh::2dIjhpUdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdE\
        goxAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdE\
        gysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdE\
        goxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdE\
        gysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdE
        Asia/Novokuznetsk=420|dunUdIijzAdEp:.2dAe.qAdEdcmEdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEijzAdIjhkAdEgy\
        sAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgo\
        xAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEqjy2dAgoxAdE
        Asia/Novosibirsk=420|dunUdIijzAdEp:.2dAe.qAdEdcmEdIh:,AdEh:,AdIcosMdEfrnQdAh:,AdEh:,AdAh:,AdEh:,AdAijzAdEjhk\
        AdAgysAdEjhkAdAgysAdEjhkAdAgysAdEjrfAdAgoxAdEjrfAdAgoxAdEjrfAdAgysAdEjhkAdAgysAdEjhkAdAgysAdEjrfAdAgoxAdEjrf\
        AdAgoxAdEjrfAdAgoxAdEjrfAdAgysAdEjhkAdAgysAdEjhkAdAgysAdEjrfAdAgoxAdEbzqxEdA7:62dE
        Asia/Omsk=360|dupQdIijzAdEp:.2dAe.qAdEdcmEdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEijzAdIjhkAdEgysAdIjhkA\
        dEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfA\
        dEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIbzqxEdE
        Asia/Oral=240|dutIdIijzAdEh:,AdIh:,AdEe.qAdIlcmAdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEijzAdIjhkAdEgysAdIjhkA\
        dEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdI
        Asia/Pyongyang=540|m7fyEdCblv6AdE
        Asia/Qostanay=300|durMdIijzAdEp:.2dAe.qAdEdcmEdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEijzAdIjhkAdEgysAdI\
        jhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIj:6qMdE
        Asia/Qyzylorda=300|durMdIijzAdEu.mAdIlcmAdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEijzAdIjhkAdEgysAdIjhkAdEgysAd\
        IjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIhmo7MdE
        Asia/Sakhalin=660|dugEdIijzAdEp:.2dAe.qAdEdcmEdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEijzAdIjhkAdEp:.2dA\
        gysAdEjhkAdAgysAdEjrfAdAgoxAdEjrfAdAgoxAdEjrfAdAgysAdEjhkAdAgysAdEjhkAdAgysAdEjrfAdAgoxAdEjrfAdAgoxAdEjrfAdA\
        goxAdEjrfAdAgysAdEjhkAdAgysAdEjhkAdAgysAdEjrfAdAgoxAdEbzqxEdAwyp2dE
        Asia/Samarkand=300|durMdIijzAdEh:,AdIh:,AdE
        Asia/Srednekolymsk=660|dugEdIijzAdEp:.2dAe.qAdEdcmEdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEijzAdIjhkAdEg\
        ysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEg\
        oxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIbzqxEdE
        Asia/Tashkent=360|dupQdIijzAdEp:.2dA
        Asia/Tbilisi=240|dutIdIijzAdEp:.2dAh:6IdEh:8EdAh::2dEh:8EdAh::2dEp:6EdIh:8EdEij62dIzheEdEgyt2dIjhiEdEgyt2dIj\
        rdEdEgoy2dIjrdEdEgoy2dIjrdEdEgyt2dIjhiEdEgyt2dIjhiEdEgyt2dId:.EdEfrnQdAgoxAdE
        Asia/Tehran=210 Iran=210|vmuOdIghuEdEh::2dIicwEdEh,s2dIicwEdEh,s2dIicwEdEh,s2dIicwEdEh,s2dIicwEdEh::2dIicwEd\
        Eh,s2dIicwEdEh,s2dIicwEdEh,s2dIicwEdEh::2dIicwEdEh,s2dIicwEdEh,s2dIicwEdEh,s2dIicwEdEh::2dIicwEdEbibe2dIicwE\
        dEh::2dIicwEdEh,s2dIicwEdEh,s2dIicwEdEh,s2dIicwEdEh::2dIicwEdEh,s2dIicwEdEh,s2dIicwEdEh,s2dIicwEdEh::2dIicwE\
        dEh,s2dIicwEdEh,s2dIicwEdEh,s2dIicwEdEh::2dIicwEdEh,s2dIicwEdE
        Asia/Tomsk=420|dunUdIijzAdEp:.2dAe.qAdEdcmEdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEijzAdIjhkAdEgysAdIjhk\
        AdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIbltAdEh7y2dAgysAdEjhkAdAgysAdEjrfAdAgoxAdEjrfAdAgox\
        AdEjrfAdAgoxAdEjrfAdAgysAdEjhkAdAgysAdEjhkAdAgysAdEjrfAdAgoxAdEbzqxEdAzrc2dE
        Asia/Ust-Nera=660|dugEdIijzAdEp:.2dAe.qAdEdcmEdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEijzAdIjhkAdEgysAdI\
        jhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdI\
        jrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIho8MdEbsb8UdA
        Asia/Vladivostok=600|duiAdIijzAdEp:.2dAe.qAdEdcmEdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEijzAdIjhkAdEgys\
        AdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgox\
        AdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIbzqxEdE
        Asia/Yakutsk=540|duj2dIijzAdEp:.2dAe.qAdEdcmEdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEijzAdIjhkAdEgysAdIj\
        hkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIj\
        rfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIbzqxEdE
        Asia/Yekaterinburg=300|durMdIijzAdEp:.2dAe.qAdEdcmEdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEijzAdIjhkAdEg\
        ysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEg\
        oxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIbzqxEdE
        Asia/Yerevan=240|dutIdIijzAdEp:.2dAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEbajrEdIjhkAdEgysAdIjhkAdEgysAdI\
        jrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdI\
        jhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdE
        Atlantic/Azores=-60|duy2dIijzAdEh:,AdIh:,AdEh:,AdIh:,AdEeaa2dId:.EdMdr.AdIeobAdEh:,AdIh:,AdEh:,AdIh:,AdEijzA\
        dIjhkAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxA\
        dIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysA\
        dIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxA\
        dIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysA\
        dIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdE
        Atlantic/Stanley=-180|e8iUdAge.2dEj6,EdAgoy2dEjrdEdAgoy2dEjrdEdAgoy2dEjrdEdAgoy2dEjrdEdAgoy2dEj6,EdAgoy2dEjr\
        dEdAgoy2dEjrdEdAgoy2dEjrdEdAgoy2dEjrdEdAgoy2dEjrg2dAge.2dEkezEdAf7c2dEkezEdAge.2dEj6,EdAge.2dEj6,EdAge.2dEj6\
        ,EdAge.2dEj6,EdAge.2dEkezEdAge.2dEj6,EdAge.2dEj6,EdAge.2dE
        Australia/ACT=660 Australia/Canberra=660 Australia/NSW=660 Australia/Sydney=660|cwxAdAkowAdEfrgAdAkowAdEfrgA\
        dAkowAdEf7bAdAkowAdEfrgAdAkowAdEfrgAdAkowAdEgysAdAjhkAdEgysAdAjhkAdEgysAdAjhkAdEgysAdAjrfAdEgoxAdAgysAdEjhkA\
        dAjrfAdEgysAdAjhkAdEgysAdAjhkAdEgysAdAjrfAdEgoxAdAjrfAdEgysAdAjhkAdEgoxAdAjrfAdEhcnAdAh:,AdEh:,AdAh:,AdEh:,A\
        dAh:,AdEh:,AdAh:,AdEh:,AdAijzAdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAijzAdEh:,A\
        dAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEijzAdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,A\
        dAh:,AdEh:,AdAijzAdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAijzAdEh:,AdAh:,AdEh:,A\
        dAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAijzAdE
        Australia/Adelaide=630 Australia/South=630|dkn4dAj7aAdEfrgAdAkowAdEgoxAdAjrfAdEf7bAdAkowAdEge8AdAj7aAdEgoxAd\
        AjrfAdEgysAdAjhkAdEgysAdAjhkAdEgysAdAjhkAdEgysAdAjrfAdEgoxAdAjrfAdEgoxAdAjrfAdEgysAdAjhkAdEgysAdAjhkAdEgysAd\
        AjrfAdEgoxAdAjrfAdEgysAdAjhkAdEgoxAdAjrfAdEhcnAdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAijzAdEh:,Ad\
        Ah:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAijzAdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,Ad\
        Ah:,AdEh:,AdAh:,AdEijzAdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAijzAdEh:,AdAh:,AdEh:,Ad\
        Ah:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAijzAdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,Ad\
        AijzAdE
        Australia/Brisbane=660 Australia/Queensland=660|cwxAdAkowAdEfrgAdAkowAdEfrgAdA
        Australia/Broken_Hill=630 Australia/Yancowinna=630|cwx4dAkowAdEfrgAdAkowAdEfrgAdAkowAdEf7bAdAkowAdEfrgAdAkow\
        AdEfrgAdAkowAdEgysAdAjhkAdEgysAdAjhkAdEgysAdAjhkAdEgysAdAjrfAdEgoxAdAjrfAdEgoxAdAjrfAdEgysAdAjhkAdEgysAdAjhk\
        AdEgysAdAjrfAdEgoxAdAjrfAdEgysAdAjhkAdEgoxAdAjrfAdEhcnAdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAijz\
        AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAijzAdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,\
        AdEh:,AdAh:,AdEh:,AdAh:,AdEijzAdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAijzAdEh:,AdAh:,\
        AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAijzAdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,\
        AdEh:,AdAijzAdE
        Australia/Currie=660 Australia/Hobart=660 Australia/Tasmania=660|dknAdAj7aAdEgysAdAijzAdEhwdAdAijzAdEhwdAdAi\
        jzAdEhwdAdAijzAdEhwdAdAijzAdEh:,AdAijzAdEhwdAdAijzAdEhwdAdAijzAdEhwdAdAijzAdEhwdAdAgysAdEjhkAdAituAdEhwdAdAi\
        jzAdEhwdAdAijzAdEhwdAdAijzAdEhwdAdAijzAdEh:,AdAh:,AdEhwdAdAituAdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh\
        :,AdEh:,AdAijzAdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAijzAdEh:,AdAh:,AdEh:,AdAh\
        :,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEijzAdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAi\
        jzAdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAijzAdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh\
        :,AdEh:,AdAh:,AdEh:,AdAijzAdE
        Australia/Eucla=525|,c8LdIetvAdEhm7wAdIe.qAdEjrfAdIgysAdEjhkAdIgysAdE
        Australia/LHI=660 Australia/Lord_Howe=660|cwvEdCkow4dEfrfCdCkow4dEfrfCdCkow4dEf7aCdCkow4dEfrfCdCkow4dEfrfCdC\
        kow4dEgyrCdCjhk4dEgyrCdCjhk4dEgyrCdCjhk4dEgyrCdCjrf4dEgowCdCgys4dEjhjCdCjrf4dEgyrCdCjhk4dEgyrCdCjhk4dEgyrCdC\
        jrf4dEgowCdCjrf4dEgyrCdCjhk4dEgowCdCjrf4dEhcmCdCh:,4dEh:.CdCh:,4dEh:.CdCh:,4dEh:.CdCh:,4dEh:.CdCijz4dEh:.CdC\
        h:,4dEh:.CdCh:,4dEh:.CdCh:,4dEh:.CdCh:,4dEh:.CdCh:,4dEh:.CdCijz4dEh:.CdCh:,4dEh:.CdCh:,4dEh:.CdCh:,4dEh:.CdC\
        h:,4dEh:.CdCh:,4dEijyCdCh:,4dEh:.CdCh:,4dEh:.CdCh:,4dEh:.CdCh:,4dEh:.CdCh:,4dEh:.CdCijz4dEh:.CdCh:,4dEh:.CdC\
        h:,4dEh:.CdCh:,4dEh:.CdCh:,4dEh:.CdCh:,4dEh:.CdCijz4dEh:.CdCh:,4dEh:.CdCh:,4dEh:.CdCh:,4dEh:.CdCh:,4dEh:.CdC\
        ijz4dE
        Australia/Lindeman=660|cwxAdAkowAdEfrgAdAkowAdEfrgAdAkowAdEf7bAdAkowAdEfrgAdA
        Australia/Melbourne=660 Australia/Victoria=660|dknAdAj7aAdEfrgAdAkowAdEfrgAdAkowAdEf7bAdAkowAdEfrgAdAkowAdEg\
        oxAdAjrfAdEgysAdAjhkAdEgysAdAjhkAdEgysAdAjhkAdEgysAdAjrfAdEgoxAdAgysAdEjhkAdAjrfAdEgysAdAjhkAdEgysAdAjhkAdEg\
        ysAdAjrfAdEgoxAdAjrfAdEgysAdAjhkAdEgoxAdAjrfAdEhcnAdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAijzAdEh\
        :,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAijzAdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh\
        :,AdAh:,AdEh:,AdAh:,AdEijzAdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAijzAdEh:,AdAh:,AdEh\
        :,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAijzAdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh\
        :,AdAijzAdE
        Australia/Perth=480 Australia/West=480|,c.YdIetvAdEhm7wAdIe.qAdEjrfAdIgysAdEjhkAdIgysAdE
        Eire=0 Europe/Belfast=0 Europe/Dublin=0 Europe/Guernsey=0 Europe/Isle_of_Man=0 Europe/Jersey=0 Europe/London\
        =0 GB=0 GB-Eire=0|duy2dIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjhkAdEhcnAdIjhkAdEgysAdI\
        jhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdI\
        jrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdI\
        jhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdI\
        jhkAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdI\
        jrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdE
        Europe/Astrakhan=180|duvEdIijzAdEh:,AdIx:6AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEijzAdIjhkAdEgysAdIjhkAdEgys\
        AdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgox\
        AdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIbzqxEdEwyp2dI
        Europe/Bucharest=120|duxAdIijzAdEh:6IdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:8EdEh::2dIh:8EdEij62dIjhiEdEgyz\
        QdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgox\
        AdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgys\
        AdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgys\
        AdIjhkAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgox\
        AdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdE
        Europe/Chisinau=180 Europe/Tiraspol=180|duvEdIb7aEdEgo6YdAh:,AdEh:,AdAh:6IdEh:8EdAh::2dEh:8EdAh::2dEh:8EdAh:\
        :2dEh:8EdAij62dEjhiEdAgyxUdEjhkAdAgysAdEjhkAdAgysAdEjrfAdAgoxAdEjrfAdAgoxAdEjrfAdAgysAdEjhkAdAgysAdEjhkAdAgy\
        sAdEjrfAdAgoxAdEjrfAdAgoxAdEjrfAdAgoxAdEjrfAdAgysAdEjhkAdAgysAdEjhkAdAgysAdEjrfAdAgoxAdEjrfAdAgoxAdEjrfAdAgy\
        sAdEjhkAdAgysAdEjhkAdAgysAdEjhkAdAgysAdEjrfAdAgoxAdEjrfAdAgoxAdEjrfAdAgysAdEjhkAdAgysAdEjhkAdAgysAdEjrfAdAgo\
        xAdEjrfAdAgoxAdEjrfAdAgysAdEjhkAdAgysAdEjhkAdAgysAdEjhkAdAgysAdEjrfAdAgoxAdEjrfAdAgoxAdEjrfAdAgysAdEjhkAdAgy\
        sAdEjhkAdAgysAdEjrfAdAgoxAdEjrfAdAgoxAdEjrfAdAgoxAdEjrfAdAgysAdEjhkAdAgysAdEjhkAdAgysAdEjrfAdAgoxAdEjrfAdAgo\
        xAdEjrfAdA
        Europe/Kaliningrad=120|duxAdIijzAdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEijzAdIjhkAdEg\
        ysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEg\
        oxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIbzqxEdE
        Europe/Kiev=180 Europe/Kyiv=180 Europe/Uzhgorod=180 Europe/Zaporozhye=180|duvEdIejyEdEt:,YdAh:,AdEh:,AdAh:,A\
        dEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAijzAdEjhl2dAgysAdEjhkAdAgysAdEjhkAdAgysAdEjrfAdAgoxAdEjrfAdAgoxAdEjrfAdAgysA\
        dEjhkAdAgysAdEjhkAdAgysAdEjrfAdAgoxAdEjrfAdAgoxAdEjrfAdAgoxAdEjrfAdAgysAdEjhkAdAgysAdEjhkAdAgysAdEjrfAdAgoxA\
        dEjrfAdAgoxAdEjrfAdAgysAdEjhkAdAgysAdEjhkAdAgysAdEjhkAdAgysAdEjrfAdAgoxAdEjrfAdAgoxAdEjrfAdAgysAdEjhkAdAgysA\
        dEjhkAdAgysAdEjrfAdAgoxAdEjrfAdAgoxAdEjrfAdAgysAdEjhkAdAgysAdEjhkAdAgysAdEjhkAdAgysAdEjrfAdAgoxAdEjrfAdAgoxA\
        dEjrfAdAgysAdEjhkAdAgysAdEjhkAdAgysAdEjrfAdAgoxAdEjrfAdAgoxAdEjrfAdAgoxAdEjrfAdAgysAdEjhkAdAgysAdEjhkAdAgysA\
        dEjrfAdAgoxAdEjrfAdAgoxAdEjrfAdA
        Europe/Kirov=180|duvEdIijzAdEh:,AdIx:6AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEijzAdIjhkAdEgysAdIjhkAdEgysAdIj\
        hkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgoxAdIj\
        rfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIbzqxEdE
        Europe/Lisbon=0 Portugal=0|duy2dIijzAdEh:,AdIh:,AdEh:,AdIp:8AdMh:,AdIh:,AdMh:,AdIh:,AdMh:,AdIrrdAdEgysAdIjhk\
        AdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrf\
        AdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjhk\
        AdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhk\
        AdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrf\
        AdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdE
        Europe/Minsk=180|7,mAdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAijzAdEjhkAdAgysAdEjhkAdAgysAdEjhkAdAg\
        ysAdEjrfAdAgoxAdEjrfAdAgoxAdEjrfAdAgysAdEjhkAdAgysAdEjhkAdAgysAdEjrfAdAgoxAdEjrfAdAgoxAdEjrfAdAgoxAdEjrfAdAg\
        ysAdEjhkAdAgysAdEjhkAdAgysAdEjrfAdAgoxAdE
        Europe/Moscow=180 W-SU=180|duvEdIijzAdEp:.2dAe.qAdEdcmEdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEijzAdIjhk\
        AdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrf\
        AdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIbzqxEdE
        Europe/Riga=120|duxAdIijzAdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEijzAdIh:,AdEh::2dIjh\
        kAdEgysAdIjhkAdEgysAdIjrfAdEwotAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgoxAdIjr\
        fAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjr\
        fAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjh\
        kAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjr\
        fAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdE
        Europe/Samara=180|duvEdIijzAdEq.o2dIhcjIdMh:,AdIh:,AdMh:,AdIh:,AdMh:,AdIh:,AdMh:,AdIijzAdMjhkAdIgysAdMjhkAdI\
        gysAdMjhkAdIgysAdMjrfAdIgoxAdMjrfAdIgoxAdMjrfAdIgysAdMjhkAdIgysAdMjhkAdIgysAdMjrfAdIgoxAdMjrfAdIgoxAdMjrfAdI\
        goxAdMjrfAdIgysAdMjhkAdIgysAdMjhkAdIqjy2dEgoxAdI
        Europe/Saratov=180|duvEdIijzAdEh:,AdIx:6AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEijzAdIjhkAdEgysAdIjhkAdEgysAd\
        IjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgoxAd\
        IjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIbzqxEdEbb672dI
        Europe/Simferopol=180|h,pEdA7:62dEh:,AdAh:,AdEh:,AdAh:,AdEbrbMdIgo6YdEh:,AdIh:,AdEijvIdIjhpUdEp:.2dAgysAdEjh\
        kAdAgysAdEjrfAdAgoxAdEjrfAdAgoxAdEjrfAdAgysAdEjhkAdAgysAdEjhkAdAgysAdEjrfAdAgoxAdEjrfAdAgoxAdEjrfAdAgoxAdEjr\
        fAdAgysAdEjhkAdAgysAdEjhkAdAgysAdEjrfAdAgoxAdEjrfAdAgoxAdEjrfAdAgysAdEjhkAdAgyqEdIjhgIdE
        Europe/Sofia=120|duxAdIijzAdEh:6IdIh:8EdEh::2dIh:8EdEh::2dIh:8EdEh::2dIh:8EdEh::2dIh:8EdEij62dIjhiEdEgyzQdIj\
        hkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIj\
        rfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIj\
        hkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIj\
        hkAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIj\
        rfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdE
        Europe/Tallinn=120|duxAdIijzAdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEijzAdIjhkAdEgysAd\
        IjhkAdEgysAdIjhl2dEgysAdIjrfAdEbgykAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysA\
        dIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxA\
        dIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysA\
        dIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgoxA\
        dIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdE
        Europe/Ulyanovsk=180|duvEdIijzAdEp:.2dAe.qAdEdcmEdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEijzAdIjhkAdEgys\
        AdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgox\
        AdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIbzqxEdEwyp2dI
        Europe/Vilnius=120|duxAdIijzAdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEijzAdIjhkAdEgysAd\
        IjhkAdEp:.2dAgysAdEcajlAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysA\
        dIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysA\
        dIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxA\
        dIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysA\
        dIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdE
        Europe/Volgograd=180|duvEdIijzAdEh:,AdIx:6AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEijzAdIjhkAdEgysAdIjhkAdEgys\
        AdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgox\
        AdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIbzqxEdEcajm2dIbcyjEdE
        Indian/Chagos=300|daizUdI
        Indian/Mauritius=240|jobbIdIgyqEdE
        Kwajalein=-720 Pacific/Kwajalein=-720|b6mgQgE
        Pacific/Apia=-660|km6fUdIiirUdEhwdAdIeifQgIebtQgEh:,AgIijzAgEhwdAgIijzAgEhwdAgIijzAgEhwdAgIijzAgEhwdAgIijzAg\
        EhwdAgIijzAgEh:,AgIijzAgEhwdAgIijzAgEhwdAgIijzAgE
        Pacific/Bougainville=600|mrcmAdI
        Pacific/Efate=720|duaQdAh::2dEh:8EdAij62dEfhjEdAl:,2dEd:.EdA
        Pacific/Enderbury=-660 Pacific/Kanton=-660|cqhbUgE
        Pacific/Fakaofo=-660|lbbbUgE
        Pacific/Fiji=720|enx:IdIfhlAdElcmAdIe.qAdEe8spAdIfhlAdEjhkAdIf7bAdEke7AdId::AdEl:.AdId::AdEmjyAdIdwcEdEmtu2d\
        IdmjAdEmttAdIdmjAdEm.oAdIdcoAdEm.oAdIdcoAdEm.oAdIdcoAdEnhjAdIcytAdEpclAdIbhmAdE
        Pacific/Galapagos=-360|bovzIdIda:EdE
        Pacific/Kiritimati=-600|cqg:YgE
        Pacific/Kosrae=720|eqnuQdA
        Pacific/Norfolk=690|m.mbGdCcajl4dGh:,AdCh:,AdGh:,AdCh:,AdGh:,AdCh:,AdGh:,AdCh:,AdGijzAdCh:,AdGh:,AdCh:,AdGh:\
        ,AdCh:,AdGh:,AdCh:,AdGh:,AdCh:,AdGh:,AdCijzAdGh:,AdCh:,AdGh:,AdCh:,AdGh:,AdCh:,AdGh:,AdCh:,AdGh:,AdCh:,AdGh:\
        ,AdCijzAdGh:,AdCh:,AdGh:,AdCh:,AdGh:,AdCh:,AdGh:,AdCh:,AdGh:,AdCijzAdG
        Pacific/Noumea=660|do:vEdId::AdE
        Pacific/Pitcairn=-510|efqv4dG
        Pacific/Rarotonga=-570|cxx0dCkow4dEfrfCdC
        Pacific/Tongatapu=780|e8wbMdIhguAdEke7AdIdwcEdEmjz2dIdwcEdEhnfs2dIdcoAdE
        """
}
